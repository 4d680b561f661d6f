import { describe, expect, it } from "vitest";
import { in2026, meetingAt, openGoogleAccount, pullAll, team } from "@/e2e/google-account";

const account = openGoogleAccount();
const calendarId = team;

const create = (event: object) => account.admin.createEvent({ calendarId, event: { ...event } });
const pull = (cursor: string | null = null, window = in2026) =>
  pullAll(account.provider, calendarId, { cursor, window });
const lists = () => account.admin.log({ route: "events.list" });
const titlesOf = ({ upserts }: Awaited<ReturnType<typeof pull>>) =>
  upserts.flatMap(({ occurrences }) => occurrences.map(({ title }) => title));

/** Events on pages of seven at most. */
function inPieces(count: number) {
  account.admin.settings({ largestPage: 7 });
  return Array.from({ length: count }, (_, index) =>
    create({ ...meetingAt("2026-06-01"), summary: `${index}` }),
  );
}

describe("what is asked", () => {
  it("bounds the first listing, and names the same fields ever after", async () => {
    const window = { ...in2026, start: new Date("2026-01-01T00:00:00.789Z") };
    const { cursor } = await pull(null, window);
    await pull(cursor, window);
    const [first, second] = lists().map(({ query }) => query);
    const { timeMin, timeMax, ...shared } = first ?? {};
    expect([timeMin, timeMax]).toEqual(["2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"]);
    expect(second).toEqual({ ...shared, syncToken: expect.any(String) });
    expect(shared).toMatchObject({ singleEvents: "true", maxResults: "2500" });
    expect(shared.fields).not.toMatch(/description|email|location/);
  });

  it("repeats the sync token on every page of the changes", async () => {
    const { cursor } = await pull();
    inPieces(15);
    account.admin.clearLog();
    expect(titlesOf(await pull(cursor))).toHaveLength(15);
    const queries = lists().map(({ query }) => query);
    expect(queries).toHaveLength(3);
    expect(new Set(queries.map(({ syncToken }) => syncToken)).size).toBe(1);
    expect(queries.slice(1).every(({ pageToken }) => pageToken)).toBe(true);
  });
});

describe("pages", () => {
  it("may be short or empty", async () => {
    inPieces(30);
    account.admin.settings({ shortPages: true });
    const first = await pull();
    expect(titlesOf(first)).toHaveLength(30);
    expect(first.pages.slice(0, -1).every(({ cursor }) => cursor === undefined)).toBe(true);
    expect(first.cursor).toEqual(expect.any(String));
  });

  it("stay what they were while somebody writes, and the next pull tells of it", async () => {
    const events = inPieces(20);
    const seen: string[] = [];
    let cursor: string | null = null;
    for await (const page of account.provider.pullChanges(calendarId, null, in2026)) {
      if (seen.length === 0) {
        account.admin.deleteEvent({ calendarId, eventId: events[19]?.id ?? "" });
        create({ ...meetingAt("2026-06-02"), summary: "late" });
      }
      seen.push(...page.upserts.map(({ id }) => id));
      cursor = page.cursor ?? null;
    }
    const next = await pull(cursor);
    expect(titlesOf(next)).toEqual(["late"]);
    expect(next.deletions).toEqual([events[19]?.id]);
  });

  it("read ten thousand events, each once", { timeout: 30_000 }, async () => {
    const events = Array.from({ length: 10_000 }, (_, index) => ({
      ...meetingAt(`2026-${String(1 + (index % 12)).padStart(2, "0")}-15`),
      summary: `${index}`,
    }));
    account.admin.createEvents({ calendarId, events });
    account.admin.settings({ latencyMs: 50 });
    const { pages, upserts } = await pull();
    expect(new Set(upserts.map(({ id }) => id)).size).toBe(10_000);
    expect(pages).toHaveLength(4);
  });

  it.each([
    ["no list of events", '{"items": "none"}'],
    ["an event without an id", '{"items": [{"status": "confirmed"}], "nextSyncToken": "x"}'],
    ["neither a next page nor a token", '{"items": []}'],
    ["no JSON", "<html>Welcome to the hotel</html>"],
  ])("are no answer with %s", async (_what, body) => {
    account.admin.addFault({
      route: "events.list",
      effect: { kind: "status", status: 200, body },
      times: 10,
    });
    await expect(pull()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("begin again with the next pull when their token has ended", async () => {
    inPieces(20);
    const body = JSON.stringify({ error: { errors: [{ reason: "invalid", location: "pageToken" }] } });
    account.admin.addFault({ route: "events.list", effect: { kind: "status", status: 400, body }, skip: 1 });
    await expect(pull()).rejects.toMatchObject({ code: "unavailable" });
    expect(titlesOf(await pull())).toHaveLength(20);
  });

  it.each([
    ["a truncated one", { kind: "truncate" }],
    ["a broken connection", { kind: "reset" }],
    ["a server error", { kind: "error", error: "backendError" }],
    ["a proxy's word", { kind: "status", status: 502, body: "<h1>Bad Gateway</h1>" }],
  ] as const)("are asked for again after %s", async (_what, effect) => {
    inPieces(20);
    account.admin.addFault({ route: "events.list", effect, skip: 1, times: 2 });
    expect(titlesOf(await pull())).toHaveLength(20);
  });
});

describe("a sync token that is refused", () => {
  it.each(["fullSyncRequired", "updatedMinTooLongAgo"] as const)("means a refill: %s", async (reason) => {
    const [kept, gone] = [create(meetingAt("2026-06-01")), create(meetingAt("2026-06-02"))];
    const { cursor } = await pull();
    account.admin.deleteEvent({ calendarId, eventId: gone.id });
    account.admin.expireSyncTokens({ calendarId, reason });
    const again = await pull(cursor);
    expect(again.resets).toEqual([true]);
    expect(again.upserts.map(({ id }) => id)).toEqual([kept.id]);
    expect((await pull(again.cursor)).resets).toEqual([false]);
  });

  it.each(["fullSyncRequired", "updatedMinTooLongAgo"] as const)(
    "between two pages takes back what the first had told: %s",
    async (error) => {
      const { cursor } = await pull();
      const events = inPieces(20);
      account.admin.addFault({ route: "events.list", effect: { kind: "error", error }, skip: 1 });
      const again = await pull(cursor);
      expect(again.resets).toEqual([true]);
      expect(again.upserts.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    },
  );

  it("is no token at all", async () => {
    create(meetingAt("2026-06-01"));
    const again = await pull(JSON.stringify({ version: 1, syncToken: "CPDAlvWDx70CEPDAlvWDx70CGAU=" }));
    expect(again.resets).toEqual([true]);
    expect(again.upserts).toHaveLength(1);
  });
});

describe("what an event means", () => {
  const only = async (event: object) => {
    create({ ...meetingAt("2026-06-01"), ...event });
    return (await pull()).upserts[0]?.occurrences[0];
  };
  const answered = (responseStatus: string) => ({ attendees: [{ email: account.email, responseStatus }] });

  it.each([
    ["declined", () => answered("declined"), "confirmed", "transparent"],
    ["answered with maybe", () => answered("tentative"), "tentative", "opaque"],
    ["not answered", () => answered("needsAction"), "confirmed", "opaque"],
    ["tentative itself", () => ({ status: "tentative" }), "tentative", "opaque"],
    ["shown as free", () => ({ transparency: "transparent" }), "confirmed", "transparent"],
    ["a place to work", () => ({ eventType: "workingLocation" }), "confirmed", "transparent"],
    ["a birthday", () => ({ eventType: "birthday" }), "confirmed", "transparent"],
    ["out of office", () => ({ eventType: "outOfOffice" }), "confirmed", "opaque"],
    ["focus time", () => ({ eventType: "focusTime" }), "confirmed", "opaque"],
  ])("%s", async (_what, event, status, transparency) => {
    expect(await only(event())).toMatchObject({ status, transparency });
  });

  it("has no title where nobody gave one", async () => {
    expect(await only({ summary: null })).toMatchObject({ title: "" });
  });

  it("is an occurrence of a series where it says so", async () => {
    const series = create({ ...meetingAt("2026-06-01"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"] });
    const { upserts } = await pull();
    expect(upserts).toMatchObject([
      { id: `${series.id}_20260601T080000Z`, seriesId: series.id, occurrences: [{ key: "" }] },
      { id: `${series.id}_20260608T080000Z`, seriesId: series.id, occurrences: [{ key: "" }] },
    ]);
  });

  it.each([
    ["instances", (id: string) => [`${id}_20260601T080000Z`, `${id}_20260608T080000Z`]],
    ["master", (id: string) => [id]],
    ["both", (id: string) => [`${id}_20260601T080000Z`, `${id}_20260608T080000Z`, id]],
  ] as const)("is gone with its series, told as %s", async (deletedSeries, expected) => {
    account.admin.settings({ deletedSeries });
    const { id } = create({ ...meetingAt("2026-06-01"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"] });
    const { cursor } = await pull();
    account.admin.deleteEvent({ calendarId, eventId: id });
    const { deletions, upserts, unreadable } = await pull(cursor);
    expect([deletions, upserts, unreadable]).toEqual([expected(id), [], []]);
  });

  it("that became a series goes before its occurrences come", async () => {
    const { id } = create(meetingAt("2026-06-01"));
    const { cursor } = await pull();
    const rest = { recurrence: ["RRULE:FREQ=DAILY;COUNT=9"] };
    account.admin.changeEvent({ calendarId, eventId: id, event: { ...rest } });
    account.admin.settings({ largestPage: 3 });
    const { pages } = await pull(cursor);
    expect(pages).toMatchObject([{ deletions: [id] }]);
    expect(pages[0]?.upserts.map(({ seriesId }) => seriesId)).toEqual(Array(9).fill(id));
  });

  it("is what the last page said of it", async () => {
    const { cursor } = await pull();
    const [start, end] = [{ dateTime: "2026-06-01T10:00:00Z" }, { dateTime: "2026-06-01T11:00:00Z" }];
    const pages = [
      {
        items: [
          { id: "one", start, end },
          { id: "two", status: "cancelled" },
        ],
        nextPageToken: "p",
      },
      {
        items: [
          { id: "one", status: "cancelled" },
          { id: "two", start, end },
        ],
        nextSyncToken: "s",
      },
    ];
    for (const page of pages) {
      const effect = { kind: "status", status: 200, body: JSON.stringify(page) } as const;
      account.admin.addFault({ route: "events.list", effect });
    }
    const { deletions, upserts } = await pull(cursor);
    expect([deletions, upserts.map(({ id }) => id)]).toEqual([["one"], ["two"]]);
  });

  it("is gone where only its id is left", async () => {
    const { id } = create(meetingAt("2026-06-01"));
    const { cursor } = await pull();
    const body = JSON.stringify({ items: [{ id, status: "cancelled" }], nextSyncToken: "x" });
    account.admin.addFault({ route: "events.list", effect: { kind: "status", status: 200, body } });
    expect(await pull(cursor)).toMatchObject({ deletions: [id], unreadable: [], upserts: [] });
  });

  it.each([
    ["no start", { start: undefined }, "Its start cannot be understood."],
    ["a start of neither kind", { start: { timeZone: "UTC" } }, "Its start cannot be understood."],
    ["a day that is none", { start: { date: "2026-02-30" } }, "Its start cannot be understood."],
    [
      "a day to a time",
      { start: { date: "2026-06-01" } },
      "It begins with a day and ends with a time, or the other way round.",
    ],
    ["an end before its start", { end: { dateTime: "2026-05-01T10:00:00Z" } }, "It ends before it begins."],
    ["a status of another kind", { status: 7 }, "Its status cannot be understood."],
  ])("is told of as unreadable with %s", async (_what, odd, reason) => {
    const [start, end] = [{ dateTime: "2026-06-01T10:00:00Z" }, { dateTime: "2026-06-01T11:00:00+00:00" }];
    const items = [
      { id: "odd", start, end, ...odd },
      { id: "fine", start, end },
    ];
    const body = JSON.stringify({ items, nextSyncToken: "x" });
    account.admin.addFault({ route: "events.list", effect: { kind: "status", status: 200, body } });
    const { unreadable, upserts } = await pull();
    expect(unreadable).toEqual([{ id: "odd", reason }]);
    expect(upserts).toMatchObject([{ id: "fine", uid: "fine", etag: null }]);
  });
});

describe("the window", () => {
  const ids = async (cursor: string) => {
    const { upserts } = await pull(cursor);
    return upserts.filter(({ occurrences }) => occurrences.length > 0).map(({ id }) => id);
  };
  const days = (from: string, to: string) => ({ start: { date: from }, end: { date: to } });

  it("is kept for changes as for the first listing", async () => {
    // Berlin's 2026 begins and ends an hour before that of UTC.
    account.admin.changeCalendar({ calendarId, timeZone: "Europe/Berlin" });
    const { cursor } = await pull();
    const made = [
      meetingAt("2025-12-31", "23:00", "23:59"),
      meetingAt("2026-01-01", "00:30", "01:00"),
      meetingAt("2026-01-01", "00:30", "01:01"),
      meetingAt("2027-01-01", "00:59", "02:00"),
      meetingAt("2027-01-01", "01:00", "02:00"),
      days("2025-12-31", "2026-01-01"),
      days("2025-12-31", "2026-01-02"),
      days("2027-01-01", "2027-01-02"),
      days("2027-01-02", "2027-01-03"),
    ].map((event) => create({ ...event }).id);
    const inside = [2, 3, 6, 7].map((index) => made[index]);
    expect(await ids(cursor ?? "")).toEqual(inside);
    expect((await pull()).upserts.map(({ id }) => id)).toEqual(inside);
    expect(account.eventsIn(calendarId).map(({ id }) => id)).toEqual(inside);
  });

  it("empties an event that moved out of it", async () => {
    const { id } = create(meetingAt("2026-06-01"));
    const { cursor } = await pull();
    const { start, end } = meetingAt("2028-06-01");
    account.admin.moveEvent({ calendarId, eventId: id, start, end });
    expect((await pull(cursor)).upserts).toMatchObject([{ id, occurrences: [] }]);
  });
});

describe("calendars", () => {
  it("of every kind are listed, page by page", async () => {
    const { admin, email } = account;
    admin.addUser({ email: "grace@example.com" });
    const shared = (summary: string, role: "freeBusyReader" | "reader" | "writer") => {
      const { id } = admin.addCalendar({ owner: "grace@example.com", summary });
      admin.share({ calendarId: id, email, role });
      return id;
    };
    const [busy, read, write] = [
      shared("Busy", "freeBusyReader"),
      shared("Read", "reader"),
      shared("Write", "writer"),
    ];
    const hidden = account.makeCalendar("Hidden");
    admin.hideCalendar({ email, calendarId: hidden });
    admin.settings({ shortPages: true });
    const calendars = await account.provider.listCalendars();
    const color = "#9fe1e7";
    expect(calendars).toEqual([
      { id: email, name: email, color, isReadOnly: false, isPrimary: true },
      { id: calendarId, name: "Team", color, isReadOnly: false },
      { id: busy, name: "Busy", color, isReadOnly: true },
      { id: read, name: "Read", color, isReadOnly: true },
      { id: write, name: "Write", color, isReadOnly: false },
    ]);
  });

  it("shared as free and busy alone say when, and no more", async () => {
    const { admin, email, provider } = account;
    admin.addUser({ email: "grace@example.com" });
    const { id } = admin.addCalendar({ owner: "grace@example.com", summary: "Grace" });
    admin.share({ calendarId: id, email, role: "freeBusyReader" });
    admin.createEvent({
      calendarId: id,
      event: { ...meetingAt("2026-06-01"), recurrence: ["RRULE:FREQ=DAILY;COUNT=2"] },
    });
    const { upserts } = await pullAll(provider, id);
    expect(upserts.map(({ occurrences }) => occurrences[0]?.title)).toEqual(["Busy", "Busy"]);
  });

  it("shared to be read hide the titles of private events alone", async () => {
    const { admin, email, provider } = account;
    admin.addUser({ email: "grace@example.com" });
    const { id } = admin.addCalendar({ owner: "grace@example.com", summary: "Grace" });
    admin.share({ calendarId: id, email, role: "reader" });
    admin.createEvent({ calendarId: id, event: { ...meetingAt("2026-06-01"), visibility: "private" } });
    admin.createEvent({ calendarId: id, event: { ...meetingAt("2026-06-02") } });
    const { upserts } = await pullAll(provider, id);
    expect(upserts.map(({ occurrences }) => occurrences[0]?.title)).toEqual(["Busy", "Meeting"]);
  });

  it("of holidays can be read, though their ids hold signs", async () => {
    const id = account.makeCalendar("Feiertage", "de.german#holiday@group.v.calendar.google.com");
    account.admin.createEvent({
      calendarId: id,
      event: { summary: "Tag der Arbeit", start: { date: "2026-05-01" }, end: { date: "2026-05-02" } },
    });
    const { upserts } = await pullAll(account.provider, id);
    expect(upserts[0]?.occurrences).toMatchObject([
      { title: "Tag der Arbeit", time: { kind: "allDay", startDay: "2026-05-01", endDay: "2026-05-02" } },
    ]);
    expect(await account.provider.listCalendars()).toContainEqual(
      expect.objectContaining({ id, isReadOnly: true }),
    );
  });
});
