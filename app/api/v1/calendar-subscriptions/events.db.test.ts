import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { answerOf, at, requestOf } from "@/db/factories/requests";
import { makeBrowser } from "@/db/factories/signed-in";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendarObjects, localChanges, syncedEvents } from "@/db/schema";
import { problem } from "@/lib/openapi/answers";
import { manyFeedOccurrences, manyLocalChanges, oneLocalChange } from "@/lib/openapi/subscriptions";
import { PATCH } from "./[id]/events/[event_id]/route";
import { GET as listChanges } from "./[id]/local-changes/route";
import { GET as list } from "./events/route";

const browser = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeBrowser> }));
vi.mock("next/headers", () => ({
  cookies: () => browser.current.cookies(),
  headers: () => browser.current.headers(),
}));

let mine: Awaited<ReturnType<typeof makeHost>>;
beforeEach(async () => {
  browser.current = makeBrowser();
  mine = await makeHost({ timeZone: "Asia/Tokyo" });
  await browser.current.signIn(mine.user);
});

const listed = async (query: string) =>
  answerOf(await list(requestOf("GET", { query })), manyFeedOccurrences.or(problem));
const patch = async (id: string, event_id: string, body: unknown) =>
  answerOf(await PATCH(requestOf("PATCH", { body }), at({ id, event_id })), oneLocalChange.or(problem));
const changesOf = async (id: string) =>
  answerOf(await listChanges(requestOf("GET"), at({ id })), manyLocalChanges.or(problem));

const may = "?from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z";
const eventsIn = async (query: string) => manyFeedOccurrences.parse((await listed(query)).body).events;
const titlesIn = async (query: string) => (await eventsIn(query)).map(({ title }) => title);

type Event = Partial<typeof syncedEvents.$inferInsert> & { title: string };
const timed = (title: string, startsAt: string, endsAt: string, more: Partial<Event> = {}): Event => ({
  ...{ title, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
  ...more,
});
const allDay = (title: string, startDay: string, endDay: string, more: Partial<Event> = {}): Event => ({
  ...{ title, startDay, endDay },
  ...more,
});

/** A subscription with events; each is called by its title, but where it says otherwise. */
async function subscribedTo(events: Event[], hostId = mine.user.id) {
  const { calendar, subscription } = await makeSubscription(hostId);
  const rows = events.map((event) => ({
    ...{ calendarId: calendar.id, hostId, providerEventId: event.title, uid: event.title },
    ...{ occurrenceKey: "", status: "confirmed" as const, transparency: "opaque" as const },
    ...event,
  }));
  if (rows.length > 0) await database().insert(syncedEvents).values(rows);
  return { id: subscription.id, calendarId: calendar.id };
}

describe("the events of feeds", () => {
  test("are those that touch the span, by start", async () => {
    await subscribedTo([
      timed("ends at its beginning", "2026-04-30T23:00:00Z", "2026-05-01T00:00:00Z"),
      timed("begins before", "2026-04-30T23:00:00Z", "2026-05-01T00:00:01Z"),
      timed("takes no time", "2026-05-20T10:00:00Z", "2026-05-20T10:00:00Z"),
      timed("takes no time at its beginning", "2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z"),
      timed("takes no time at its end", "2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z"),
      timed("begins at its end", "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"),
    ]);
    await subscribedTo([timed("another feed's", "2026-05-10T10:00:00Z", "2026-05-10T11:00:00Z")]);
    await subscribedTo(
      [timed("a stranger's", "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")],
      (await makeHost()).user.id,
    );
    expect(await titlesIn(may)).toEqual([
      ...["begins before", "takes no time at its beginning", "another feed's", "takes no time"],
    ]);
  });

  test("have their days in the zone of who looks", async () => {
    await subscribedTo([
      allDay("may day", "2026-05-01", "2026-05-02"),
      allDay("week", "2026-05-04", "2026-05-11"),
    ]);
    // 1 May begins in Tokyo at 15:00 UTC the day before, and in New York at 04:00 UTC.
    const at = (from: string, to: string, zone = "") => titlesIn(`?from=${from}&to=${to}${zone}`);
    expect(await at("2026-04-30T14:00:00Z", "2026-04-30T15:00:00Z")).toEqual([]);
    expect(await at("2026-04-30T14:00:00Z", "2026-04-30T15:00:01Z")).toEqual(["may day"]);
    expect(await at("2026-05-01T15:00:00Z", "2026-05-01T20:00:00Z")).toEqual([]);
    const newYork = "&time_zone=America/New_York";
    expect(await at("2026-04-30T15:00:00Z", "2026-05-01T04:00:00Z", newYork)).toEqual([]);
    expect(await at("2026-05-01T15:00:00Z", "2026-05-01T20:00:00Z", newYork)).toEqual(["may day"]);
    expect(await at("2026-05-06T12:00:00Z", "2026-05-06T12:30:00Z")).toEqual(["week"]);
  });

  test("say what they are, as local changes leave it", async () => {
    const { id, calendarId } = await subscribedTo([
      timed("free", "2026-05-02T10:00:00Z", "2026-05-02T11:00:00Z", { transparency: "transparent" }),
      timed("busy", "2026-05-03T10:00:00Z", "2026-05-03T11:00:00Z", { status: "tentative" }),
      timed("off", "2026-05-04T10:00:00Z", "2026-05-04T11:00:00Z", { status: "cancelled" }),
      allDay("hidden", "2026-05-05", "2026-05-06"),
    ]);
    await patch(id, "free", { busy: true, color: "#ABCDEF" });
    await patch(id, "busy", { busy: false });
    await patch(id, "hidden", { hidden: true });
    const common = { subscription_id: id, calendar_id: calendarId, occurrence_key: "", color: "#336699" };
    const shown = [
      {
        ...{ ...common, event_id: "free", title: "free", status: "confirmed", busy: true, hidden: false },
        time: { kind: "timed", starts_at: "2026-05-02T10:00:00.000Z", ends_at: "2026-05-02T11:00:00.000Z" },
        color: "#abcdef",
        local_change: { hidden: false, busy: true, color: "#abcdef" },
      },
      expect.objectContaining({
        ...{ title: "busy", status: "tentative", busy: false, color: "#336699" },
        local_change: { hidden: false, busy: false, color: null },
      }),
      expect.objectContaining({ title: "off", status: "cancelled", busy: false, local_change: null }),
    ];
    expect(await eventsIn(may)).toEqual(shown);
    expect(await eventsIn(`${may}&with_hidden=false`)).toEqual(shown);
    expect(await eventsIn(`${may}&with_hidden=true`)).toEqual([
      ...shown,
      expect.objectContaining({
        time: { kind: "all_day", start_day: "2026-05-05", end_day: "2026-05-06" },
        ...{ title: "hidden", busy: false, hidden: true },
        local_change: { hidden: true, busy: null, color: null },
      }),
    ]);
  });

  test("that are more than anybody looks at are refused", async () => {
    const { calendarId } = await subscribedTo([]);
    await database().execute(sql`
      insert into synced_events
        (calendar_id, host_id, provider_event_id, occurrence_key, uid, title, starts_at, ends_at, status, transparency)
      select ${calendarId}, ${mine.user.id}, n, '', n, 'many', begins, begins + interval '1 minute', 'confirmed', 'opaque'
      from generate_series(0, 10000) n, lateral (select '2026-05-01T00:00:00Z'::timestamptz + n * interval '1 minute') m(begins)`);
    expect(await listed(may)).toMatchObject({ status: 400, body: { error: { field: "to" } } });
    expect(await eventsIn("?from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z")).toHaveLength(1440);
  });

  test.each([
    ["?to=2026-05-01T00:00:00Z", "from"],
    ["?from=2026-05-01T00:00:00Z", "to"],
    ["?from=2026-05-01&to=2026-06-01T00:00:00Z", "from"],
    ["?from=2026-06-01T00:00:00Z&to=2026-05-01T00:00:00Z", "to"],
    ["?from=2026-05-01T00:00:00Z&to=2027-07-01T00:00:00Z", "to"],
    [`${may}&time_zone=Mars/Olympus`, "time_zone"],
    [`${may}&with_hidden=yes`, "with_hidden"],
    [`${may}&calendar=x`, "calendar"],
  ])("are not listed for %s", async (query, field) => {
    expect(await listed(query)).toMatchObject({ status: 400, body: { error: { code: "invalid", field } } });
  });
});

describe("a local change", () => {
  const meeting = () => [
    timed("meeting", "2026-05-09T10:00:00Z", "2026-05-09T11:00:00Z", { occurrenceKey: "2" }),
    timed("meeting", "2026-05-02T10:00:00Z", "2026-05-02T11:00:00Z", { occurrenceKey: "1" }),
  ];

  test("keeps what is said of the same event at the same time", async () => {
    const { id } = await subscribedTo([allDay("a", "2026-05-01", "2026-05-02")]);
    const said = [{ hidden: true }, { busy: false }, { color: "#abcdef" }];
    await Promise.all(said.map((change) => patch(id, "a", change)));
    expect((await patch(id, "a", {})).body).toMatchObject({ hidden: true, busy: false, color: "#abcdef" });
  });

  test("is of all occurrences, and of what it names alone", async () => {
    const { id } = await subscribedTo(meeting());
    const told = {
      ...{ event_id: "meeting", title: "meeting", updated_at: expect.any(String) },
      time: { kind: "timed", starts_at: "2026-05-02T10:00:00.000Z", ends_at: "2026-05-02T11:00:00.000Z" },
    };
    const hidden = await patch(id, "meeting", { hidden: true });
    expect(hidden).toEqual({ status: 200, body: { ...told, hidden: true, busy: null, color: null } });
    expect(await titlesIn(may)).toEqual([]);
    const colored = await patch(id, "meeting", { color: "#00ff00", busy: false });
    expect(colored.body).toEqual({ ...told, hidden: true, busy: false, color: "#00ff00" });
    expect((await patch(id, "meeting", {})).body).toMatchObject({
      hidden: true,
      busy: false,
      color: "#00ff00",
    });
    expect((await patch(id, "meeting", { hidden: false, busy: null })).body).toMatchObject({
      ...{ hidden: false, busy: null, color: "#00ff00" },
    });
    expect(await titlesIn(may)).toEqual(["meeting", "meeting"]);
    const { local_changes } = manyLocalChanges.parse((await changesOf(id)).body);
    expect(local_changes).toEqual([{ ...told, hidden: false, busy: null, color: "#00ff00" }]);
  });

  test("that leaves all as the feed says is not kept", async () => {
    const { id, calendarId } = await subscribedTo(meeting());
    const kept = () => database().$count(localChanges, eq(localChanges.calendarId, calendarId));
    await patch(id, "meeting", { busy: false });
    expect(await kept()).toBe(1);
    expect((await patch(id, "meeting", { busy: null })).body).toMatchObject({
      hidden: false,
      busy: null,
      color: null,
    });
    expect(await kept()).toBe(0);
    await patch(id, "meeting", { hidden: false });
    expect(await kept()).toBe(0);
  });

  test("may be about what is not in the window, or gone", async () => {
    const { id, calendarId } = await subscribedTo(meeting());
    const object = {
      calendarId,
      hostId: mine.user.id,
      id: "far",
      uid: "far",
      etag: "1",
      data: "BEGIN:VCALENDAR",
    };
    await database().insert(calendarObjects).values(object);
    expect((await patch(id, "far", { hidden: true })).body).toMatchObject({ title: null, time: null });
    await patch(id, "meeting", { hidden: true });
    const isMeeting = and(
      eq(syncedEvents.calendarId, calendarId),
      eq(syncedEvents.providerEventId, "meeting"),
    );
    await database().delete(syncedEvents).where(isMeeting);
    expect((await changesOf(id)).body).toMatchObject({
      local_changes: [
        { event_id: "meeting", title: null, time: null },
        { event_id: "far", title: null, time: null },
      ],
    });
    expect((await patch(id, "meeting", { hidden: false })).status).toBe(200);
    expect(await patch(id, "meeting", { hidden: true })).toMatchObject({ status: 404 });
  });

  test.each([
    [{ hidden: "yes" }, "hidden"],
    [{ hidden: null }, "hidden"],
    [{ busy: 1 }, "busy"],
    [{ color: "green" }, "color"],
    [{ isHidden: true }, "isHidden"],
    [{ title: "Mine" }, "title"],
  ])("that says %j is refused, naming the field", async (body, field) => {
    const { id } = await subscribedTo(meeting());
    expect(await patch(id, "meeting", body)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid", field } },
    });
  });

  test("is for who subscribed", async () => {
    const { id, calendarId } = await subscribedTo(meeting());
    const missing = { status: 404, body: { error: { code: "not_found" } } };
    expect(await patch(id, "nothing", { hidden: true })).toMatchObject(missing);
    const stranger = await makeHost();
    await browser.current.signIn(stranger.user);
    for (const wanted of [id, randomUUID(), "no-uuid", "%00"]) {
      expect(await patch(wanted, "meeting", { hidden: true })).toMatchObject(missing);
      expect(await changesOf(wanted)).toMatchObject(missing);
    }
    expect(await titlesIn(may)).toEqual([]);
    expect(await database().$count(localChanges, eq(localChanges.calendarId, calendarId))).toBe(0);
    browser.current.signOut();
    const asked = [await patch(id, "meeting", {}), await changesOf(id), await listed(may)];
    expect(asked).toMatchObject(Array(3).fill({ status: 401, body: { error: { code: "signed_out" } } }));
  });
});
