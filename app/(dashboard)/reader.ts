import { headers } from "next/headers";
import { type Clock, englishOf, usesHour12 } from "@/lib/time";

/** How to write times of `timeZone` for whoever reads this page: in the clock and order of their language. */
export async function readerClock(timeZone: string): Promise<Clock> {
  const [language = "en-GB"] = (await headers()).get("accept-language")?.split(/[,;]/) ?? [];
  return { timeZone, locale: englishOf(language), hour12: usesHour12(language) };
}
