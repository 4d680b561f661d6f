import { isDeepStrictEqual } from "node:util";
import { AppError } from "@/lib/errors";
import { readComponents, readProperties } from "@/lib/ical/content";
import { readObject } from "@/lib/ical/read-object";
import { serializeEvent } from "@/lib/ical/serialize";
import type { EventDraft, SyncWindow } from "@/lib/providers/provider";

/** True when `text` says what `draft` says. Never compared by bytes: servers reorder, refold and add lines. */
export function hasMeaningOf(text: string, draft: EventDraft): boolean {
  try {
    return isDeepStrictEqual(meaningOf(text, draft), meaningOf(serializeEvent(draft, new Date(0)), draft));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const texts = new Set(["SUMMARY", "DESCRIPTION", "LOCATION"]);

function meaningOf(text: string, draft: EventDraft) {
  const events = readComponents(text).flatMap(({ children }) =>
    children.filter(({ name }) => name === "VEVENT"),
  );
  const fields = events.map((event) =>
    readProperties(event, texts)
      .map(({ name, value }) => `${name}:${value.replaceAll("\r\n", "\n")}`)
      .filter((line) => !line.endsWith(":"))
      .sort(),
  );
  return { ...readObject(text, everAround(draft)), fields };
}

/** A day each way, for events without length and dates without zone. */
function everAround({ time, timeZone }: EventDraft): SyncWindow {
  const day = 86_400_000;
  const start = time.kind === "timed" ? time.startsAt.getTime() : Date.parse(time.startDay);
  const end = time.kind === "timed" ? time.endsAt.getTime() : Date.parse(time.endDay);
  return { start: new Date(start - day), end: new Date(end + day), timeZone };
}
