"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** Where the visitor is: the month looked at, the length, day and slot chosen. In the address, so reload and back work. */
export type Place = {
  month: string | null;
  day: string | null;
  slot: string | null;
  duration: number | null;
};
export type Go = (place: Partial<Place>, how?: "push" | "replace") => void;

export function useBookingUrl(): { place: Place; go: Go } {
  const params = useSearchParams();
  const place = readPlace(params);
  const go = useCallback<Go>((change, how = "push") => {
    const next = { ...readPlace(new URLSearchParams(window.location.search)), ...change };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(next)) if (value) query.set(name, String(value));
    const address = `${window.location.pathname}${query.size ? `?${query}` : ""}`;
    if (how === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  }, []);
  return { place, go };
}

/** Whatever does not look like a place is as good as not there: anybody can type an address. */
export function readPlace(params: Pick<URLSearchParams, "get">): Place {
  return {
    duration: Number(params.get("duration")?.match(/^[1-9]\d{0,3}$/)) || null,
    month: check(params.get("month"), /^20\d\d-(0[1-9]|1[0-2])$/),
    day: check(params.get("day"), /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
    slot: check(params.get("slot"), /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  };
}

function check(value: string | null, form: RegExp): string | null {
  return value && form.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
}
