"use client";

import { useCallback, useEffect, useState } from "react";
import type { BookingPage } from "@/lib/booking/public";
import { type Clock, englishOf, isTimeZone, usesHour12, type Weekday, weekStartOf } from "@/lib/time";
import { recall, remember } from "./storage";

/** How this visitor reads times. */
export type Visitor = Clock & { weekStart: Weekday };

/** A zone somebody chose holds until they travel: the zone detected then is kept with it. */
type ZoneChoice = { chosen: string; detected: string };

/** The zone of a meeting in person: that of the place, wherever the visitor is now. */
export function zoneOfPlace({ locationKind, timeZone }: BookingPage["eventType"]): string | null {
  return locationKind === "address" ? timeZone : null;
}

/**
 * Known only in the browser, so null while the server renders and until the page is taken over.
 * @param lockedZone shown instead of the visitor's own
 */
export function useVisitor(lockedZone: string | null = null) {
  const [visitor, setVisitor] = useState<Visitor | null>(null);
  useEffect(
    () => setVisitor({ ...readVisitor(), ...(lockedZone && { timeZone: lockedZone }) }),
    [lockedZone],
  );

  const setTimeZone = useCallback((timeZone: string) => {
    remember("localStorage", "zone", { chosen: timeZone, detected: detectZone() } satisfies ZoneChoice);
    setVisitor((now) => now && { ...now, timeZone });
  }, []);
  const setHour12 = useCallback((hour12: boolean) => {
    remember("localStorage", "hour12", hour12);
    setVisitor((now) => now && { ...now, hour12 });
  }, []);
  return { visitor, setTimeZone, setHour12 };
}

function readVisitor(): Visitor {
  const language = navigator.language;
  const detected = detectZone();
  const choice = recall<ZoneChoice>("localStorage", "zone");
  const holds = choice?.detected === detected && isTimeZone(choice.chosen);
  const hour12 = recall<boolean>("localStorage", "hour12");
  return {
    timeZone: holds ? choice.chosen : detected,
    locale: englishOf(language),
    hour12: typeof hour12 === "boolean" ? hour12 : usesHour12(language),
    weekStart: weekStartOf(language),
  };
}

function detectZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return timeZone && isTimeZone(timeZone) ? timeZone : "UTC";
}
