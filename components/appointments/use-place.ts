"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { isDay } from "./is-day";
import { type View, views } from "./views";

/** What is looked at, kept in the address, so that reload, back and a link to a colleague work. */
export type Place = {
  /** Null: what fits the screen. */
  view: View | null;
  /** Null: today. */
  day: string | null;
  /** What is not shown, by `sourceOf`. */
  hidden: string[];
};
export type Go = (change: Partial<Place>, how?: "push" | "replace") => void;

export function usePlace(): { place: Place; go: Go } {
  const params = useSearchParams();
  const place = useMemo(() => readPlace(params), [params]);
  const go = useCallback<Go>((change, how = "push") => {
    const next = { ...readPlace(new URLSearchParams(window.location.search)), ...change };
    const query = new URLSearchParams();
    if (next.view) query.set("view", next.view);
    if (next.day) query.set("date", next.day);
    if (next.hidden.length > 0) query.set("hide", next.hidden.join(","));
    const address = `${window.location.pathname}${query.size ? `?${query}` : ""}`;
    if (how === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  }, []);
  return { place, go };
}

/** Whatever does not look like a place is as good as not there: anybody can type an address. */
function readPlace(params: Pick<URLSearchParams, "get">): Place {
  const day = params.get("date");
  return {
    view: views.find((view) => view === params.get("view")) ?? null,
    day: day && isDay(day) ? day : null,
    hidden: (params.get("hide") ?? "")
      .split(",")
      .filter((part) => /^[a-z0-9-]{1,40}$/.test(part))
      .slice(0, 200),
  };
}
