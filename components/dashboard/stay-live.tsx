"use client";

import { useRouter } from "next/navigation";
import { useLive } from "@/components/ui/use-live";

/** Reads the page again as soon as a booking, a calendar or a rule of whoever is signed in changes. */
export function StayLive() {
  const { refresh } = useRouter();
  useLive("/api/live", refresh);
  return null;
}
