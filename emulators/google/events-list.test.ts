import { expect, test } from "vitest";
import { ada, meeting, playGoogle, reasonOf, slow } from "./test-google";

const march = { timeMin: "2026-03-01T00:00:00Z", timeMax: "2026-04-15T00:00:00Z" };
const weekly = { ...meeting("2026-03-23"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] };
const ids = (events: { id: string }[]) => events.map((event) => event.id);

test(
  "pages hold 250 unless asked for more, and never more than 2,500",
  async () => {
    const { admin, events } = await playGoogle();
    const many = Array.from({ length: 2600 }, () => meeting("2026-03-10"));
    admin.createEvents({ calendarId: ada, events: many });
    const usual = await events.page();
    expect(usual.body.items).toHaveLength(250);
    expect(usual.body.nextPageToken).toBeDefined();
    expect(usual.body.nextSyncToken).toBeUndefined();
    const large = await events.page({ maxResults: "9999" });
    expect(large.body.items).toHaveLength(2500);
    const last = await events.page({ maxResults: "9999", pageToken: large.body.nextPageToken });
    expect(last.body.items).toHaveLength(100);
    expect(last.body.nextPageToken).toBeUndefined();
    expect(last.body.nextSyncToken).toBeDefined();
    expect((await events.page({ maxResults: "0" })).status).toBe(400);
    expect((await events.page({ pageToken: "nonsense" })).status).toBe(400);
  },
  slow,
);

test("paging is not disturbed by writes, and the token tells of them", async () => {
  const { admin, events } = await playGoogle();
  for (let count = 0; count < 5; count += 1) await events.insert(meeting("2026-03-10"));
  const first = await events.page({ maxResults: "2" });
  const [one] = first.body.items;
  admin.deleteEvent({ calendarId: ada, eventId: one.id });
  const late = admin.createEvent({ calendarId: ada, event: meeting("2026-03-11") });
  const second = await events.page({ maxResults: "2", pageToken: first.body.nextPageToken });
  const third = await events.page({ maxResults: "2", pageToken: second.body.nextPageToken });
  const seen = [first, second, third].flatMap((page) => page.body.items);
  expect(seen).toHaveLength(5);
  expect(ids(seen)).not.toContain(late.id);
  const { items } = await events.list({ syncToken: third.body.nextSyncToken });
  expect(ids(items).sort()).toEqual([one.id, late.id].sort());
});

test("pages may be short or empty though there is more", async () => {
  const { admin, events } = await playGoogle();
  admin.settings({ shortPages: true });
  for (let count = 0; count < 20; count += 1) await events.insert(meeting("2026-03-10"));
  expect((await events.list({ maxResults: "4" })).items).toHaveLength(20);
  expect(admin.log({ route: "events.list" }).length).toBeGreaterThan(5);
  admin.settings({ shortPages: false, largestPage: 2 });
  expect((await events.page()).body.items).toHaveLength(2);
  expect((await events.list()).items).toHaveLength(20);
});

test("timeMin is exclusive on the end, timeMax on the start", async () => {
  const { events } = await playGoogle();
  await events.insert(meeting("2026-03-10", "10:00", "11:00"));
  const count = async (timeMin: string, timeMax: string) =>
    (await events.list({ timeMin, timeMax })).items.length;
  expect(await count("2026-03-10T11:00:00+01:00", "2026-03-11T00:00:00Z")).toBe(0);
  expect(await count("2026-03-10T10:59:59+01:00", "2026-03-11T00:00:00Z")).toBe(1);
  expect(await count("2026-03-09T00:00:00Z", "2026-03-10T10:00:00+01:00")).toBe(0);
  expect(await count("2026-03-09T00:00:00Z", "2026-03-10T10:00:01+01:00")).toBe(1);
});

test("bounds need an offset and an order", async () => {
  const { events } = await playGoogle();
  expect((await events.page({ timeMin: "2026-03-10T10:00:00" })).status).toBe(400);
  const empty = await events.page({ timeMin: march.timeMax, timeMax: march.timeMin });
  expect([empty.status, reasonOf(empty)]).toEqual([400, "timeRangeEmpty"]);
});

test("a series is one master, or its instances across the change to summer time", async () => {
  const { events } = await playGoogle();
  const { body } = await events.insert(weekly);
  const masters = await events.list();
  expect(masters.items).toHaveLength(1);
  expect(masters.items[0].recurrence).toEqual(weekly.recurrence);
  const { items } = await events.list({ singleEvents: "true", ...march });
  expect(ids(items)).toEqual([
    `${body.id}_20260323T090000Z`,
    `${body.id}_20260330T080000Z`,
    `${body.id}_20260406T080000Z`,
  ]);
  expect(items[1]).toMatchObject({
    recurringEventId: body.id,
    start: { dateTime: "2026-03-30T10:00:00+02:00" },
    originalStartTime: { dateTime: "2026-03-30T10:00:00+02:00" },
    iCalUID: body.iCalUID,
  });
  expect(items[1].recurrence).toBeUndefined();
});

test("whole days end on the day after, and repeat as days", async () => {
  const { events } = await playGoogle();
  const days = { start: { date: "2026-03-28" }, end: { date: "2026-03-29" } };
  const { body } = await events.insert({
    ...days,
    recurrence: ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260329"],
  });
  const { items } = await events.list({ singleEvents: "true", ...march });
  expect(ids(items)).toEqual([`${body.id}_20260328`, `${body.id}_20260330`]);
  expect(items[1]).toMatchObject({ start: { date: "2026-03-30" }, end: { date: "2026-03-31" } });
});

test("UNTIL, RDATE and EXDATE mean what they say", async () => {
  const { events } = await playGoogle();
  const recurrence = [
    "RRULE:FREQ=DAILY;UNTIL=20260312T090000Z",
    "RDATE;TZID=Europe/Berlin:20260320T100000",
    "EXDATE;TZID=Europe/Berlin:20260311T100000",
  ];
  const { body } = await events.insert({ ...meeting("2026-03-10"), recurrence });
  const { items } = await events.list({ singleEvents: "true", ...march });
  const keys = ids(items).map((id) => id.slice(body.id.length + 1));
  expect(keys).toEqual(["20260310T090000Z", "20260312T090000Z", "20260320T090000Z"]);
});

test("exceptions stand in their places; what was called off is told of without singleEvents", async () => {
  const { events } = await playGoogle();
  const { body } = await events.insert(weekly);
  const [first, second, third] = (await events.list({ singleEvents: "true", ...march })).items;
  await events.patch(second.id, { start: meeting("2026-03-31").start, end: meeting("2026-03-31").end });
  await events.remove(third.id);
  const { items } = await events.list({ singleEvents: "true", ...march });
  expect(ids(items)).toEqual([first.id, second.id]);
  expect(items[1].start.dateTime).toBe("2026-03-31T10:00:00+02:00");
  expect(items[1].originalStartTime.dateTime).toBe("2026-03-30T10:00:00+02:00");
  const masters = (await events.list()).items;
  expect(ids(masters).sort()).toEqual([body.id, second.id, third.id].sort());
  const cancelled = masters.find((event) => event.id === third.id);
  expect(Object.keys(cancelled ?? {}).sort()).toEqual(
    ["etag", "id", "kind", "originalStartTime", "recurringEventId", "status"].sort(),
  );
});

test("an endless series ends three years on; single events are told of however late", async () => {
  const { events } = await playGoogle();
  await events.insert({ ...meeting("2026-03-10"), recurrence: ["RRULE:FREQ=MONTHLY"] });
  const late = (await events.insert(meeting("2039-03-10"))).body;
  const { items } = await events.list({ singleEvents: "true" });
  expect(items).toHaveLength(37);
  expect(ids(items)).toContain(late.id);
});

test("deleted events show only when asked for", async () => {
  const { events } = await playGoogle();
  const { body } = await events.insert(meeting("2026-03-10"));
  await events.remove(body.id);
  expect((await events.list()).items).toEqual([]);
  expect((await events.list({ showDeleted: "true" })).items).toMatchObject([
    { id: body.id, status: "cancelled" },
  ]);
});

test("ordering by start needs singleEvents, and leaves no sync token", async () => {
  const { events } = await playGoogle();
  await events.insert(meeting("2026-03-12"));
  await events.insert(meeting("2026-03-10"));
  expect((await events.page({ orderBy: "startTime" })).status).toBe(400);
  const sorted = await events.list({ orderBy: "startTime", singleEvents: "true", ...march });
  expect(sorted.items.map((event) => event.start.dateTime.slice(0, 10))).toEqual([
    "2026-03-10",
    "2026-03-12",
  ]);
  expect(sorted.token).toBeUndefined();
});

test("private properties, types and words are filters", async () => {
  const { events } = await playGoogle();
  const mark = { extendedProperties: { private: { bookingId: "b1" } } };
  const { body } = await events.insert({ ...meeting("2026-03-10"), ...mark });
  await events.insert({ ...meeting("2026-03-10"), summary: "Lunch", eventType: "focusTime" });
  const found = async (query: Record<string, string>) => ids((await events.list(query)).items);
  expect(await found({ privateExtendedProperty: "bookingId=b1" })).toEqual([body.id]);
  expect(await found({ q: "MEET" })).toEqual([body.id]);
  expect(await found({ eventTypes: "default" })).toEqual([body.id]);
  expect(await found({ iCalUID: body.iCalUID })).toEqual([body.id]);
  expect((await events.page({ privateExtendedProperty: "bookingId" })).status).toBe(400);
});

test("times come in the calendar's zone or the one asked for, of too many guests only oneself", async () => {
  const { events } = await playGoogle();
  const attendees = [{ email: "a@x.org" }, { email: ada }];
  await events.insert({ ...meeting("2026-03-10"), attendees, extendedProperties: { shared: { a: "b" } } });
  const one = (await events.page()).body;
  expect([one.timeZone, one.items[0].start.dateTime]).toEqual(["Europe/Berlin", "2026-03-10T10:00:00+01:00"]);
  const query = { timeZone: "America/New_York", maxAttendees: "1", sharedExtendedProperty: "a=b" };
  const [far] = (await events.page(query)).body.items;
  expect(far.start).toEqual({ dateTime: "2026-03-10T05:00:00-04:00", timeZone: "Europe/Berlin" });
  expect(far).toMatchObject({ attendees: [{ email: ada, self: true }], attendeesOmitted: true });
  expect((await events.page({ sharedExtendedProperty: "a=c" })).body.items).toEqual([]);
  expect((await events.page({ timeZone: "Mars/Base" })).status).toBe(400);
});

test("updatedMin tells of deletions too, but not from long ago", async () => {
  const { admin, events } = await playGoogle();
  const { body } = await events.insert(meeting("2026-03-10"));
  await admin.advance({ milliseconds: 1000 });
  const since = admin.now();
  await admin.advance({ milliseconds: 1000 });
  expect((await events.list({ updatedMin: since })).items).toEqual([]);
  await events.remove(body.id);
  expect(ids((await events.list({ updatedMin: since })).items)).toEqual([body.id]);
  const early = await events.page({ updatedMin: "2025-12-01T00:00:00Z" });
  expect([early.status, reasonOf(early)]).toEqual([410, "updatedMinTooLongAgo"]);
});

test("instances lists one series, whole or by its original start", async () => {
  const { api, events } = await playGoogle();
  const { body } = await events.insert(weekly);
  const path = `${events.path}/${body.id}/instances`;
  const all = (await api(path)).body.items;
  expect(all).toHaveLength(3);
  await events.remove(all[0].id);
  expect((await api(path)).body.items).toHaveLength(2);
  expect((await api(`${path}?showDeleted=true`)).body.items).toHaveLength(3);
  const one = await api(`${path}?originalStart=${encodeURIComponent("2026-03-30T10:00:00+02:00")}`);
  expect(ids(one.body.items)).toEqual([all[1].id]);
  const page = await api(`${path}?maxResults=1`);
  const next = await api(`${path}?maxResults=1&pageToken=${encodeURIComponent(page.body.nextPageToken)}`);
  expect(ids(next.body.items)).toEqual([all[2].id]);
});

test("who may see only free and busy sees no title", async () => {
  const { admin, api } = await playGoogle();
  admin.addUser({ email: "grace@example.com" });
  admin.createEvent({
    calendarId: "grace@example.com",
    event: { ...meeting("2026-03-10"), summary: "Secret" },
  });
  const path = `/calendars/${encodeURIComponent("grace@example.com")}/events`;
  expect((await api(path)).status).toBe(404);
  admin.share({ calendarId: "grace@example.com", email: ada, role: "freeBusyReader" });
  const { body } = await api(path);
  expect(body.accessRole).toBe("freeBusyReader");
  expect(body.items[0].start.dateTime).toBe("2026-03-10T09:00:00Z");
  expect(body.items[0].summary).toBeUndefined();
  const write = await api(path, { body: meeting("2026-03-10") });
  expect([write.status, reasonOf(write)]).toEqual([403, "requiredAccessLevel"]);
});

test("free and busy are merged, without what takes no time", async () => {
  const { api, events } = await playGoogle();
  await events.insert(meeting("2026-03-10", "10:00", "11:00"));
  await events.insert(meeting("2026-03-10", "10:30", "12:00"));
  await events.insert({ ...meeting("2026-03-10", "14:00", "15:00"), transparency: "transparent" });
  await events.insert({ ...meeting("2026-03-10", "15:00", "16:00"), eventType: "workingLocation" });
  const declined = [{ email: ada, responseStatus: "declined" }];
  await events.insert({ ...meeting("2026-03-10", "16:00", "17:00"), attendees: declined });
  const body = {
    timeMin: "2026-03-10T00:00:00Z",
    timeMax: "2026-03-11T00:00:00Z",
    items: [{ id: ada }, { id: "none" }],
  };
  const answer = await api("/freeBusy", { body });
  expect(answer.body.calendars[ada].busy).toEqual([
    { start: "2026-03-10T09:00:00Z", end: "2026-03-10T11:00:00Z" },
  ]);
  expect(answer.body.calendars.none.errors).toEqual([{ domain: "global", reason: "notFound" }]);
});
