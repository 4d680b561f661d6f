"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type ToldTime, timeOfTold } from "@/components/appointments/told-time";
import { callApi, Refused } from "@/components/booking/api";
import type { StoredTime } from "@/lib/providers/recurrence";
import type { SubscriptionPreview } from "@/lib/subscriptions/view";
import { serverOf } from "./words";

/** What subscribing would bring, its times as they travel. */
export type Preview = Omit<SubscriptionPreview, "nextEvents"> & {
  nextEvents: { title: string; time: StoredTime }[];
};

export type Check =
  | { state: "idle" }
  | { state: "checking"; server: string }
  | { state: "good"; preview: Preview }
  | { state: "bad"; message: string };

type Told = Pick<SubscriptionPreview, "name" | "color" | "skipped"> & {
  event_count: number;
  skipped_count: number;
  feed_refresh_minutes: number | null;
  next_events: { title: string; time: ToldTime }[];
};

const pauseMs = 700;
/** A slow feed may take its time, and is read twice if it stumbles. */
const patienceMs = 75_000;

/**
 * Looks what lies at an address once nobody has typed for a moment, or at once with `checkNow`. Another address ends the
 * question about the one before. `settled` needs no look: the address that is subscribed to already.
 */
export function usePreview(typed: string, settled: string | null): { check: Check; checkNow: () => void } {
  const address = typed.trim();
  const server = serverOf(address);
  const [asked, setAsked] = useState("");
  useEffect(() => {
    if (server === null) return;
    const timer = setTimeout(() => setAsked(address), pauseMs);
    return () => clearTimeout(timer);
  }, [address, server]);
  const isAsked = address !== "" && address !== settled && asked === address;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["feed", address],
    queryFn: ({ signal }) => readPreview(address, signal),
    enabled: isAsked,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: false,
  });
  const checkNow = () => {
    if (isAsked) void refetch();
    else setAsked(address);
  };
  return { check: checkOf(), checkNow };

  function checkOf(): Check {
    if (!isAsked) return { state: "idle" };
    if (isFetching) return { state: "checking", server: server ?? address };
    if (data) return { state: "good", preview: data };
    return error ? { state: "bad", message: refusalOf(error) } : { state: "idle" };
  }
}

const refusalOf = (error: Error) =>
  error instanceof Refused ? error.message : "Calends did not answer. Check your connection and try again.";

async function readPreview(url: string, signal: AbortSignal): Promise<Preview> {
  const told = await callApi<Told>("/api/v1/calendar-subscriptions/preview", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url }),
    signal,
    timeoutMs: patienceMs,
  });
  return {
    name: told.name,
    color: told.color,
    skipped: told.skipped,
    eventCount: told.event_count,
    skippedCount: told.skipped_count,
    feedRefreshMinutes: told.feed_refresh_minutes,
    nextEvents: told.next_events.map(({ title, time }) => ({ title, time: timeOfTold(time) })),
  };
}
