"use client";

import { useEffect, useState } from "react";

/** How long ago something was, in words that keep up. `now` is the server's, so both draw the same at first. */
export function TimeAgo({ instant, now }: { instant: Date; now: Date }) {
  const [later, setLater] = useState(now);
  useEffect(() => {
    setLater(new Date());
    const timer = setInterval(() => setLater(new Date()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return <time dateTime={instant.toISOString()}>{agoText(instant, later)}</time>;
}

export function agoText(instant: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - instant.getTime()) / 1000);
  if (seconds < 60) return "just now";
  if (seconds < 3600) return plural(Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return plural(Math.floor(seconds / 3600), "hour");
  return plural(Math.floor(seconds / 86_400), "day");
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}
