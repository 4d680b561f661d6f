import { expect, test } from "vitest";
import { ada, meeting, playGoogle, reasonOf, slow } from "./test-google";

const singles = { singleEvents: "true" };
const window = { timeMin: "2026-03-01T00:00:00Z", timeMax: "2026-06-01T00:00:00Z" };
const weekly = { ...meeting("2026-03-23"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] };
const ids = (events: { id: string }[]) => events.map((event) => event.id).sort();

test("a token tells what changed since, and the next one no more of it", async () => {
  const { events } = await playGoogle();
  const kept = (await events.insert(meeting("2026-03-10"))).body;
  const gone = (await events.insert(meeting("2026-03-11"))).body;
  const { token } = await events.list({ ...singles, ...window });
  expect((await events.list({ ...singles, syncToken: token })).items).toEqual([]);
  await events.patch(kept.id, { summary: "Renamed" });
  await events.remove(gone.id);
  const added = (await events.insert(meeting("2026-03-12"))).body;
  const next = await events.list({ ...singles, syncToken: token });
  expect(ids(next.items)).toEqual(ids([kept, gone, added]));
  const stone = next.items.find((event) => event.id === gone.id);
  expect(Object.keys(stone ?? {}).sort()).toEqual(["etag", "id", "kind", "status"]);
  expect((await events.list({ ...singles, syncToken: next.token })).items).toEqual([]);
});

test("a token cannot be combined with what would filter it", async () => {
  const { events } = await playGoogle();
  const { token } = await events.list(singles);
  const refused = {
    iCalUID: "x",
    orderBy: "updated",
    privateExtendedProperty: "a=b",
    q: "x",
    sharedExtendedProperty: "a=b",
    ...window,
    updatedMin: "2026-03-01T00:00:00Z",
    showDeleted: "false",
  };
  for (const [name, value] of Object.entries(refused)) {
    expect((await events.page({ ...singles, syncToken: token, [name]: value })).status, name).toBe(400);
  }
  expect((await events.page({ syncToken: token })).status).toBe(400);
  expect((await events.page({ ...singles, syncToken: "nonsense" })).status).toBe(400);
});

test("paging an incremental answer repeats the sync token", async () => {
  const { events } = await playGoogle();
  const { token } = await events.list(singles);
  for (let count = 0; count < 5; count += 1) await events.insert(meeting("2026-03-10"));
  const first = await events.page({ ...singles, syncToken: token, maxResults: "3" });
  expect(first.body.nextSyncToken).toBeUndefined();
  const { nextPageToken: pageToken } = first.body;
  const last = await events.page({ ...singles, syncToken: token, maxResults: "3", pageToken });
  expect(last.body.items).toHaveLength(2);
  expect(last.body.nextSyncToken).toBeDefined();
  expect((await events.page({ ...singles, pageToken })).status).toBe(400);
});

test.each(["fullSyncRequired", "updatedMinTooLongAgo"] as const)(
  "an ended token is 410 %s",
  async (reason) => {
    const { admin, events } = await playGoogle();
    const { token } = await events.list(singles);
    admin.expireSyncTokens({ calendarId: ada, reason });
    const answer = await events.page({ ...singles, syncToken: token });
    expect([answer.status, reasonOf(answer)]).toEqual([410, reason]);
    const fresh = await events.list(singles);
    expect((await events.page({ ...singles, syncToken: fresh.token })).status).toBe(200);
  },
);

test("a changed series comes as instances, a deleted one as stones", async () => {
  const { admin, events } = await playGoogle();
  const { body } = await events.insert(weekly);
  const first = await events.list({ ...singles, ...window });
  await events.patch(body.id, { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"] });
  const shorter = await events.list({ ...singles, syncToken: first.token });
  expect(shorter.items.map(({ status }) => status).sort()).toEqual(["cancelled", "confirmed", "confirmed"]);
  expect(ids(shorter.items)).toEqual(ids(first.items));
  await events.remove(body.id);
  const gone = await events.list({ ...singles, syncToken: shorter.token });
  expect(gone.items.map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
  expect(gone.items[0]).toMatchObject({ recurringEventId: body.id, originalStartTime: {} });
  admin.settings({ deletedSeries: "master" });
  const master = await events.list({ ...singles, syncToken: shorter.token });
  expect(ids(master.items)).toEqual([body.id]);
  admin.settings({ deletedSeries: "both" });
  expect((await events.list({ ...singles, syncToken: shorter.token })).items).toHaveLength(3);
});

test("only the instance that was touched comes back", async () => {
  const { events } = await playGoogle();
  await events.insert(weekly);
  const { items, token } = await events.list({ ...singles, ...window });
  await events.patch(items[1].id, { summary: "Special" });
  await events.remove(items[2].id);
  const next = await events.list({ ...singles, syncToken: token });
  expect(next.items.map(({ id, status }) => [id, status])).toEqual([
    [items[1].id, "confirmed"],
    [items[2].id, "cancelled"],
  ]);
});

test("an event that becomes a series leaves a stone where it stood", async () => {
  const { events } = await playGoogle();
  const { body } = await events.insert(meeting("2026-03-23"));
  const { token } = await events.list({ ...singles, ...window });
  await events.patch(body.id, { recurrence: weekly.recurrence });
  const { items } = await events.list({ ...singles, syncToken: token });
  expect(items.filter(({ status }) => status === "confirmed")).toHaveLength(3);
  expect(items.find(({ id }) => id === body.id)).toMatchObject({ status: "cancelled" });
});

test("outside the first window: told of, or kept silent with a stone for what left", async () => {
  const { admin, events } = await playGoogle();
  const { body } = await events.insert(meeting("2026-03-10"));
  const { token } = await events.list({ ...singles, ...window });
  const far = (await events.insert(meeting("2027-03-10"))).body;
  await events.patch(body.id, { start: meeting("2027-01-10").start, end: meeting("2027-01-10").end });
  const open = await events.list({ ...singles, syncToken: token });
  expect(ids(open.items)).toEqual(ids([body, far]));
  admin.settings({ incrementalWindow: "kept" });
  const kept = await events.list({ ...singles, syncToken: token });
  expect(kept.items).toMatchObject([{ id: body.id, status: "cancelled" }]);
});

test("a move to another calendar is a stone here and an event there", async () => {
  const { admin, api, events } = await playGoogle();
  const other = admin.addCalendar({ owner: ada, summary: "Other", timeZone: "Europe/Berlin" });
  const { body } = await events.insert(meeting("2026-03-10"));
  const { token } = await events.list(singles);
  const moved = await api(`${events.path}/${body.id}/move?destination=${encodeURIComponent(other.id)}`, {
    method: "POST",
  });
  expect(moved.body).toMatchObject({ id: body.id, iCalUID: body.iCalUID });
  const here = await events.list({ ...singles, syncToken: token });
  expect(here.items).toMatchObject([{ id: body.id, status: "cancelled" }]);
  const there = await api(`/calendars/${encodeURIComponent(other.id)}/events`);
  expect(ids(there.body.items)).toEqual([body.id]);
});

test(
  "what replayed changes leave is what stands in the calendar",
  async () => {
    const { admin, events } = await playGoogle();
    const known = new Map<string, string>();
    const first = await events.list({ ...singles, ...window });
    let { token } = first;
    for (let round = 0; round < 30; round += 1) {
      const day = `2026-03-${String(2 + (round % 25)).padStart(2, "0")}`;
      const event = admin.createEvent({
        calendarId: ada,
        event: round % 3 ? meeting(day) : { ...meeting(day), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=4"] },
      });
      const shown = admin.eventsIn({ calendarId: ada, ...window });
      const victim = shown[(round * 7) % shown.length];
      if (victim && round % 2)
        admin.deleteEvent({
          calendarId: ada,
          eventId: victim.recurringEventId && round % 4 === 1 ? victim.recurringEventId : victim.id,
        });
      else if (victim) admin.moveEvent({ calendarId: ada, eventId: victim.id, ...meeting("2026-05-01") });
      expect(event.id).toBeTruthy();
      const next = await events.list({ ...singles, syncToken: token });
      token = next.token;
      for (const item of next.items) {
        if (item.status === "cancelled") known.delete(item.id);
        else known.set(item.id, item.start.dateTime);
      }
    }
    const truth = admin.eventsIn({ calendarId: ada, ...window });
    expect([...known].sort()).toEqual(truth.map(({ id, start }) => [id, start.dateTime]).sort());
  },
  slow,
);
