"use client";

import { useSyncExternalStore } from "react";
import { type Weekday, weekStartOf } from "@/lib/time";

/** What only the browser knows of its reader: null on the server, and until the page is taken over. */
export type Reader = { weekStart: Weekday; isPhone: boolean };

const phone = "(max-width: 40rem)";

export function useReader(): Reader | null {
  const isPhone = useSyncExternalStore(
    watch,
    () => window.matchMedia(phone).matches,
    () => null,
  );
  if (isPhone === null) return null;
  return { isPhone, weekStart: weekStartOf(navigator.language) };
}

function watch(changed: () => void): () => void {
  const query = window.matchMedia(phone);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
