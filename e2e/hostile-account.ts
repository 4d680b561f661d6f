import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { openProvider } from "@/lib/providers";
import type { CalendarProvider, ChangePage } from "@/lib/providers/provider";
import { type HostileCaldav, startHostileCaldav } from "./hostile-caldav";
import { icsOf } from "./ics";

export const startsAt = new Date("2026-06-01T10:00:00Z");
export const endsAt = new Date("2026-06-01T11:00:00Z");
const window = { start: new Date("2026-01-01"), end: new Date("2027-01-01"), timeZone: "UTC" };

/** An account with one empty calendar at a hostile server, new for each test of the file. */
export type HostileAccount = {
  server: HostileCaldav;
  provider: CalendarProvider;
  calendar: string;
  open(more?: { timeoutMs?: number; password?: string }): CalendarProvider;
  /** Another app saves events with these UIDs. */
  save(...uids: string[]): void;
  pull(cursor?: string | null, isKnown?: (id: string, etag: string) => boolean): Promise<ChangePage[]>;
};

export function openHostileAccount(): HostileAccount {
  const account = {} as HostileAccount; // Filled in before each test.
  beforeAll(async () => {
    account.server = await startHostileCaldav();
  });
  afterAll(() => account.server.stop());
  beforeEach(() => Object.assign(account, emptyAccount(account.server)));
  return account;
}

function emptyAccount(server: HostileCaldav): HostileAccount {
  server.reset();
  const calendar = server.addCalendar();
  const open = ({ timeoutMs = 2_000, password = server.password } = {}) => {
    const credentials = { serverUrl: server.url, username: server.user, password };
    const options = { connectionId: "hostile", allowPrivate: true, timeoutMs, retryDelayMs: 1 };
    return openProvider({ kind: "caldav", credentials }, options);
  };
  const account: HostileAccount = {
    server,
    calendar,
    open,
    provider: open(),
    save(...uids) {
      for (const uid of uids)
        server.save(calendar, `${uid}.ics`, icsOf({ uid, title: uid, startsAt, endsAt }));
    },
    async pull(cursor = null, isKnown = undefined) {
      const pages: ChangePage[] = [];
      for await (const page of open().pullChanges(calendar, cursor, window, isKnown)) pages.push(page);
      return pages;
    },
  };
  return account;
}

export const uidsOf = (pages: ChangePage[]) =>
  pages.flatMap(({ upserts }) => upserts.map(({ uid }) => uid)).sort();
export const cursorOf = (pages: ChangePage[]) => pages.at(-1)?.cursor ?? expect.fail("no cursor");
