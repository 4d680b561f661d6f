import { expect } from "vitest";
import type { CalendarProvider, ChangePage, EventDraft, RemoteEvent, SyncWindow } from "../provider";

export type ForeignEvent = { uid: string; title: string; startsAt: Date; endsAt: Date };

/** A real or pretended server with an account on it, and what that account's other apps can do. */
export interface ProviderHarness {
  provider: CalendarProvider;
  /** A new, empty, writable calendar; returns its id. */
  makeCalendar(name: string): Promise<string>;
  deleteCalendar(calendarId: string): Promise<void>;
  /** Creates the event, or replaces the one that has the UID. */
  save(calendarId: string, event: ForeignEvent): Promise<void>;
  remove(calendarId: string, uid: string): Promise<void>;
  /** Makes the event something nobody can understand. */
  garble(calendarId: string, uid: string): Promise<void>;
  /** What the server itself makes of a text that it does not keep. */
  kept?(text: string): string;
  /** A cursor that the server does not know any more. */
  expire(cursor: string): string;
  /** Where the provider can notify: what came at `address`, and a calendar it never speaks of. */
  channels?: {
    address: string;
    /** The secrets that came since the last call, once nothing more is on its way. */
    received(): Promise<string[]>;
    makeSilentCalendar(): Promise<string>;
  };
  stop(): Promise<void>;
}

/** What each case finds when it begins. */
export type Scene = {
  harness: ProviderHarness;
  provider: CalendarProvider;
  /** A new, empty calendar. */
  makeCalendar(): Promise<string>;
};

export const window: SyncWindow = {
  start: new Date("2026-01-01T00:00:00Z"),
  end: new Date("2027-01-01T00:00:00Z"),
  timeZone: "Europe/Berlin",
};
export const foreign = (uid: string, title = uid): ForeignEvent => ({
  uid,
  title,
  startsAt: new Date("2026-06-01T10:00:00Z"),
  endsAt: new Date("2026-06-01T11:00:00Z"),
});
export const draft: EventDraft = {
  uid: "0b6d2a@calends",
  sequence: 0,
  title: "Intro call",
  description: "First line\nsecond; with, signs \\ and “quotes”",
  location: "Room 5, ground floor",
  time: {
    kind: "timed",
    startsAt: new Date("2026-06-02T10:00:00Z"),
    endsAt: new Date("2026-06-02T10:30:00Z"),
  },
  timeZone: "Europe/Berlin",
};

export const nothing = { isReset: false, upserts: [], deletions: [], unreadable: [] };

export type Pulled = Omit<ChangePage, "reset" | "cursor" | "unchanged"> & {
  isReset: boolean;
  unchanged: string[];
  cursor: string;
};

/** All pages as one, once it is certain that the cursor came last and alone. */
export async function pull(
  provider: CalendarProvider,
  calendarId: string,
  cursor: string | null,
  isKnown?: (id: string, etag: string) => boolean,
): Promise<Pulled> {
  const pages: ChangePage[] = [];
  for await (const page of provider.pullChanges(calendarId, cursor, window, isKnown)) pages.push(page);
  expect(pages.slice(0, -1).every((page) => page.cursor === undefined)).toBe(true);
  return {
    isReset: pages.some((page) => page.reset),
    upserts: pages.flatMap((page) => page.upserts),
    deletions: pages.flatMap((page) => page.deletions),
    unchanged: pages.flatMap((page) => page.unchanged ?? []),
    unreadable: pages.flatMap((page) => page.unreadable),
    cursor: pages.at(-1)?.cursor ?? expect.fail("the last page carries no cursor"),
  };
}

export function titlesOf({ upserts }: { upserts: RemoteEvent[] }): string[] {
  return upserts.flatMap(({ occurrences }) => occurrences.map(({ title }) => title)).sort();
}
