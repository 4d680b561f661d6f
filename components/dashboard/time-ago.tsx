"use client";

import { useEffect, useState } from "react";

type Props = { instant: Date; now: Date };

/** How long ago something was, in words that keep up. `now` is the server's, so both draw the same at first. */
export function TimeAgo({ instant, now }: Props) {
  return <time dateTime={instant.toISOString()}>{agoText(instant, useLater(now))}</time>;
}

/** How long it is until then; `soon` once it is past. */
export function TimeUntil({ instant, now }: Props) {
  return <time dateTime={instant.toISOString()}>{untilText(instant, useLater(now))}</time>;
}

function useLater(now: Date): Date {
  const [later, setLater] = useState(now);
  useEffect(() => {
    setLater(new Date());
    const timer = setInterval(() => setLater(new Date()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return later;
}

export function agoText(instant: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - instant.getTime()) / 1000);
  return seconds < 60 ? "just now" : `${lengthText(seconds)} ago`;
}

export function untilText(instant: Date, now: Date): string {
  const seconds = (instant.getTime() - now.getTime()) / 1000;
  if (seconds <= 0) return "soon";
  return seconds < 60 ? "in less than a minute" : `in ${lengthText(seconds)}`;
}

function lengthText(seconds: number): string {
  if (seconds < 3600) return plural(Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return plural(Math.floor(seconds / 3600), "hour");
  return plural(Math.floor(seconds / 86_400), "day");
}

const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;
