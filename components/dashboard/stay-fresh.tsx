"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 60_000;

/** Reads the page again when somebody comes back to it, and each minute while it is looked at. */
export function StayFresh() {
  const { refresh } = useRouter();
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && refresh();
    const timer = setInterval(look, everyMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [refresh]);
  return null;
}
