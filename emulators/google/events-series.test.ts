import { describe, expect, test } from "vitest";
import { ada, meeting, playGoogle, reasonOf } from "./test-google";

// What the guides on recurring events say of writing them: https://developers.google.com/calendar/recurringevents

const march = { singleEvents: "true", timeMin: "2026-03-01T00:00:00Z", timeMax: "2026-05-15T00:00:00Z" };
const weekly = { ...meeting("2026-03-16"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=4"] };
type Played = Awaited<ReturnType<typeof playGoogle>>;
const startsOf = async ({ events }: Played) =>
  (await events.list(march)).items.map(({ start }) => start.dateTime ?? start.date).sort();
const beside = async ({ events }: Played, iCalUID: string) =>
  (await events.list({ iCalUID, singleEvents: "false", showDeleted: "true" })).items;

/** Mondays at ten in Berlin, the 16th to 6 April; the clocks change on the 29th. */
async function playSeries() {
  const played = await playGoogle();
  const { body } = await played.events.insert(weekly);
  return { ...played, series: body, at: (key: string) => `${body.id}_${key}` };
}

describe("a series", () => {
  test("keeps its hour across the change of the clocks", async () => {
    const played = await playSeries();
    expect((await startsOf(played)).map((time) => new Date(time).toISOString())).toEqual([
      "2026-03-16T09:00:00.000Z",
      "2026-03-23T09:00:00.000Z",
      "2026-03-30T08:00:00.000Z",
      "2026-04-06T08:00:00.000Z",
    ]);
  });

  test("leaves out what EXDATE names, on its own clock, in UTC or as a day", async () => {
    const played = await playGoogle();
    for (const exdate of [
      "EXDATE;TZID=Europe/Berlin:20260323T100000,20260330T100000",
      "EXDATE:20260323T090000Z,20260330T080000Z",
      "EXDATE;TZID=America/New_York:20260323T050000,20260330T040000",
    ]) {
      const recurrence = [...weekly.recurrence, exdate];
      const { body } = await played.events.insert({ ...weekly, recurrence });
      expect(body.recurrence).toEqual(recurrence);
      expect(await startsOf(played), exdate).toHaveLength(2);
      await played.events.remove(body.id);
    }
    const day = { start: { date: "2026-03-16" }, end: { date: "2026-03-17" } };
    await played.events.insert({ ...day, recurrence: [...weekly.recurrence, "EXDATE;VALUE=DATE:20260323"] });
    expect(await startsOf(played)).toEqual(["2026-03-16", "2026-03-30", "2026-04-06"]);
  });

  test("has one end", async () => {
    const { events } = await playGoogle();
    const recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4;UNTIL=20260401T000000Z"];
    const answer = await events.insert({ ...weekly, recurrence });
    expect([answer.status, reasonOf(answer)]).toEqual([400, "invalid"]);
  });

  test("gets another rule, and is one event again; its instances follow", async () => {
    const played = await playSeries();
    const { events, series, at } = played;
    await events.patch(series.id, { recurrence: ["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2"] });
    expect(await startsOf(played)).toHaveLength(2);
    expect((await events.get(at("20260323T090000Z"))).status).toBe(404);
    await events.patch(series.id, { recurrence: null });
    expect((await events.list(march)).items.map(({ id }) => id)).toEqual([series.id]);
    expect((await events.get(series.id)).body.recurrence).toBeUndefined();
  });

  test("that is deleted takes its instances along", async () => {
    const played = await playSeries();
    const { events, series, at } = played;
    await events.patch(at("20260323T090000Z"), { summary: "Special" });
    await events.remove(series.id);
    expect(await startsOf(played)).toEqual([]);
    const instances = (await played.api(`${events.path}/${series.id}/instances?showDeleted=true`)).body.items;
    expect(instances).toEqual([]);
    expect((await events.patch(at("20260323T090000Z"), { summary: "Late" })).status).not.toBe(404);
  });
});

describe("an instance", () => {
  test("that was never changed can be written by its id", async () => {
    const played = await playSeries();
    const { events, at } = played;
    const { start, end } = meeting("2026-04-08", "15:00", "17:00");
    const answer = await events.patch(at("20260406T080000Z"), {
      summary: "Special",
      description: null,
      start,
      end,
    });
    expect(answer.body).toMatchObject({
      summary: "Special",
      start: { dateTime: "2026-04-08T15:00:00+02:00", timeZone: "Europe/Berlin" },
      originalStartTime: { dateTime: "2026-04-06T10:00:00+02:00" },
    });
    expect(await startsOf(played)).toHaveLength(4);
  });

  test("may become a day of its own, and keeps its place", async () => {
    const { events, at } = await playSeries();
    const day = {
      start: { date: "2026-04-08", dateTime: null, timeZone: null },
      end: { date: "2026-04-09", dateTime: null, timeZone: null },
    };
    const { body } = await events.patch(at("20260406T080000Z"), day);
    expect(body).toMatchObject({
      start: { date: "2026-04-08" },
      originalStartTime: { timeZone: "Europe/Berlin" },
    });
  });

  test("that was called off is told of beside its series by its place alone, and can take place again", async () => {
    const played = await playSeries();
    const { events, series, at } = played;
    expect((await events.remove(at("20260323T090000Z"))).status).toBe(204);
    expect(await startsOf(played)).toHaveLength(3);
    const [, stone] = await beside(played, series.iCalUID);
    expect(Object.keys(stone).sort()).toEqual(
      ["etag", "id", "kind", "originalStartTime", "recurringEventId", "status"].sort(),
    );
    expect(stone).toMatchObject({ status: "cancelled", recurringEventId: series.id });
    await events.patch(at("20260323T090000Z"), { status: "confirmed" });
    expect(await startsOf(played)).toHaveLength(4);
  });

  test("that was changed stays so when its series changes, and is listed beside it", async () => {
    const played = await playSeries();
    const { events, series, at } = played;
    await events.patch(at("20260323T090000Z"), { summary: "Special" });
    await events.patch(series.id, { summary: "Stand-up", recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] });
    const shown = (await events.list(march)).items.map(({ summary }) => summary).sort();
    expect(shown).toEqual(["Special", "Stand-up", "Stand-up"]);
    const listed = await beside(played, series.iCalUID);
    expect(listed.map(({ summary }) => summary)).toEqual(["Stand-up", "Special"]);
  });

  test("that has lost its place is not shown, and is again with its place", async () => {
    const played = await playSeries();
    const { events, series, at } = played;
    await events.patch(at("20260323T090000Z"), { summary: "Special" });
    const later = meeting("2026-03-16", "12:00", "13:00");
    await events.patch(series.id, { start: later.start, end: later.end });
    const titles = async () => (await events.list(march)).items.map(({ summary }) => summary).sort();
    expect(await titles()).toEqual(Array(4).fill("Meeting"));
    await events.patch(series.id, { start: weekly.start, end: weekly.end });
    expect(await titles()).toEqual(["Meeting", "Meeting", "Meeting", "Special"]);
  });

  test("has a version of its own; whether its series gets another one is a setting", async () => {
    const { admin, events, series, at } = await playSeries();
    const id = at("20260323T090000Z");
    const { etag } = (await events.patch(id, { summary: "Special" })).body;
    expect((await events.get(series.id)).body.etag).toBe(series.etag);
    expect((await events.patch(id, { summary: "Other" }, { "if-match": series.etag })).status).toBe(412);
    admin.settings({ instancesTouchSeries: true });
    expect((await events.patch(id, { summary: "Other" }, { "if-match": etag })).status).toBe(200);
    expect((await events.get(series.id)).body.etag).not.toBe(series.etag);
  });

  test("is what the series says after a new rule, where the setting wants it so", async () => {
    const played = await playSeries();
    const { admin, events, series, at } = played;
    await events.patch(at("20260323T090000Z"), { summary: "Special" });
    const { token } = await events.list(march);
    admin.settings({ keepsInstances: false });
    await events.patch(series.id, { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] });
    expect((await events.list(march)).items.map(({ summary }) => summary)).toEqual(Array(3).fill("Meeting"));
    const { items } = await events.list({ singleEvents: "true", syncToken: token });
    expect(items.map(({ status }) => status).sort()).toEqual(["cancelled", ...Array(3).fill("confirmed")]);
  });

  test("is changed by hand as well", async () => {
    const played = await playSeries();
    played.admin.deleteEvent({ calendarId: ada, eventId: played.at("20260323T090000Z") });
    expect(await startsOf(played)).toHaveLength(3);
  });
});

test("a series of which everything was called off is listed, without bounds alone", async () => {
  const played = await playSeries();
  const { admin, events, series } = played;
  for (const { id } of (await events.list(march)).items) admin.deleteEvent({ calendarId: ada, eventId: id });
  expect((await beside(played, series.iCalUID)).map(({ status }) => status)).toEqual([
    "confirmed",
    ...Array(4).fill("cancelled"),
  ]);
  const { timeMin, timeMax } = march;
  const bounded = (await events.list({ timeMin, timeMax })).items;
  expect(bounded.map(({ id }) => id)).not.toContain(series.id);
});
