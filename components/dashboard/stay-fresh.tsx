"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again when somebody comes back to it, and every so often (a minute) while it is looked at. */
export function StayFresh({ everyMs = 60_000 }: { everyMs?: number }) {
  const { refresh } = useRouter();
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && refresh();
    const timer = setInterval(look, everyMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [refresh, everyMs]);
  return null;
}
