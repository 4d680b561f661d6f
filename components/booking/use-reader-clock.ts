"use client";

import { type Clock, englishOf, usesHour12 } from "@/lib/time";
import { useVisitor } from "./use-visitor";

/** How to write times of `timeZone`: as the visitor likes it, or as the request's language suggests until that is known. */
export function useReaderClock(timeZone: string, language: string): Clock {
  const { visitor } = useVisitor();
  return {
    timeZone,
    locale: visitor?.locale ?? englishOf(language),
    hour12: visitor?.hour12 ?? usesHour12(language),
  };
}
