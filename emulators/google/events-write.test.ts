import { expect, test } from "vitest";
import { ada, meeting, playGoogle, reasonOf } from "./test-google";

const march = { singleEvents: "true", timeMin: "2026-03-01T00:00:00Z", timeMax: "2026-04-15T00:00:00Z" };

test("a client's id is base32hex, 5 to 1024 letters, and not with an iCalUID", async () => {
  const { events } = await playGoogle();
  const status = async (id: string) => (await events.insert({ ...meeting("2026-03-10"), id })).status;
  expect(await status("abc12")).toBe(200);
  expect(await status("0123456789abcdef0123456789abcdef")).toBe(200);
  for (const id of ["abcd", "ABCDE", "abcxyz", "with-hyphen", "a".repeat(1025)]) {
    expect(await status(id), id).toBe(400);
  }
  const both = await events.insert({ ...meeting("2026-03-10"), id: "abcde1", iCalUID: "u@x" });
  expect([both.status, reasonOf(both)]).toEqual([400, "invalid"]);
});

test("the same id twice is 409 duplicate, also after it was deleted", async () => {
  const { admin, events } = await playGoogle();
  const event = { ...meeting("2026-03-10"), id: "booking1" };
  await events.insert(event);
  const again = await events.insert(event);
  expect(again.status).toBe(409);
  expect(again.body.error.errors[0]).toEqual({
    domain: "global",
    reason: "duplicate",
    message: "The requested identifier already exists.",
  });
  await events.remove("booking1");
  expect((await events.insert(event)).status).toBe(409);
  expect((await events.patch("booking1", { status: "confirmed" })).body.status).toBe("confirmed");
  await events.remove("booking1");
  admin.settings({ reusesDeletedIds: true });
  expect((await events.insert(event)).status).toBe(200);
});

test("times must be whole, of one kind, in order, and in a zone that exists", async () => {
  const { events } = await playGoogle();
  const refusal = async (change: object) => {
    const answer = await events.insert({ ...meeting("2026-03-10"), ...change });
    return [answer.status, reasonOf(answer)];
  };
  expect(await refusal({ end: undefined })).toEqual([400, "required"]);
  expect(await refusal({ end: { date: "2026-03-11" } })).toEqual([400, "invalid"]);
  expect(await refusal({ end: meeting("2026-03-09").end })).toEqual([400, "timeRangeEmpty"]);
  const day = { date: "2026-03-10" };
  expect(await refusal({ start: day, end: day })).toEqual([400, "timeRangeEmpty"]);
  expect(await refusal({ start: { dateTime: "2026-03-10T10:00:00" } })).toEqual([400, "required"]);
  expect(await refusal({ start: { dateTime: "2026-03-10T10:00:00Z", timeZone: "Mars/Base" } })).toEqual([
    400,
    "invalid",
  ]);
  expect(await refusal({ start: { date: "2026-02-30" }, end: { date: "2026-03-03" } })).toEqual([
    400,
    "invalid",
  ]);
  const bare = { start: { dateTime: "2026-03-10T10:00:00Z" }, end: { dateTime: "2026-03-10T11:00:00Z" } };
  expect(await refusal({ ...bare, recurrence: ["RRULE:FREQ=DAILY"] })).toEqual([400, "required"]);
  expect((await events.insert(bare)).body.start.dateTime).toBe("2026-03-10T11:00:00+01:00");
});

test("a recurrence has rules and dates, and no DTSTART", async () => {
  const { events } = await playGoogle();
  for (const line of [
    "RRULE:FREQ=SOMETIMES",
    "DTSTART:20260310T100000Z",
    "RRULE:COUNT=3",
    "EXDATE:tomorrow",
  ]) {
    const answer = await events.insert({ ...meeting("2026-03-10"), recurrence: [line] });
    expect([answer.status, reasonOf(answer)], line).toEqual([400, "invalid"]);
  }
});

test("If-Match holds for put, patch and delete; If-None-Match spares the answer", async () => {
  const { api, events } = await playGoogle();
  const { body } = await events.insert(meeting("2026-03-10"));
  const old = { "if-match": body.etag };
  const patched = await events.patch(body.id, { summary: "One" }, old);
  expect(patched.status).toBe(200);
  expect(patched.body.etag).not.toBe(body.etag);
  for (const answer of [
    await events.patch(body.id, { summary: "Two" }, old),
    await events.update(body.id, meeting("2026-03-10"), old),
    await events.remove(body.id, old),
  ]) {
    expect(answer.status).toBe(412);
    expect(answer.body.error.errors[0]).toMatchObject({ reason: "conditionNotMet", location: "If-Match" });
  }
  const headers = { "if-none-match": patched.body.etag };
  expect((await api(`${events.path}/${body.id}`, { headers })).status).toBe(304);
  expect((await events.remove(body.id, { "if-match": patched.body.etag })).status).toBe(204);
});

test("put replaces the whole, patch only what it names; arrays are overwritten, null removes", async () => {
  const { admin, events } = await playGoogle();
  const attendees = [{ email: "a@x.org" }, { email: "b@x.org" }];
  const extendedProperties = { private: { bookingId: "1", rev: "1" } };
  const full = { ...meeting("2026-03-10"), description: "Words", attendees, extendedProperties };
  const { body } = await events.insert(full);
  await admin.advance({ milliseconds: 5000 });
  const change = {
    attendees: [{ email: "c@x.org" }],
    extendedProperties: { private: { rev: "2" } },
    description: null,
  };
  const patched = (await events.patch(body.id, change)).body;
  expect(patched.attendees).toEqual([{ email: "c@x.org", responseStatus: "needsAction" }]);
  expect(patched.extendedProperties.private).toEqual({ bookingId: "1", rev: "2" });
  expect(patched.description).toBeUndefined();
  expect(Date.parse(patched.updated) - Date.parse(body.updated)).toBe(5000);
  const put = (await events.update(body.id, meeting("2026-03-10"))).body;
  expect(put.attendees).toBeUndefined();
  expect(put.extendedProperties).toBeUndefined();
  expect(put).toMatchObject({ iCalUID: body.iCalUID, created: body.created });
  expect((await events.update(body.id, { summary: "No times" })).status).toBe(400);
});

test("properties have a size", async () => {
  const { events } = await playGoogle();
  const status = async (own: Record<string, string>) =>
    (await events.insert({ ...meeting("2026-03-10"), extendedProperties: { private: own } })).status;
  expect(await status({ ["k".repeat(44)]: "v".repeat(1024) })).toBe(200);
  expect(await status({ ["k".repeat(45)]: "v" })).toBe(400);
  expect(await status({ k: "v".repeat(1025) })).toBe(400);
  expect(
    await status(Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`k${index}`, "v"]))),
  ).toBe(400);
});

test("a new time is a new sequence, an old sequence is refused", async () => {
  const { events } = await playGoogle();
  const { body } = await events.insert({ ...meeting("2026-03-10"), sequence: 4 });
  const { start, end } = meeting("2026-03-11");
  expect((await events.patch(body.id, { start, end })).body.sequence).toBe(5);
  expect((await events.patch(body.id, { sequence: 3 })).status).toBe(400);
});

test("deleting twice is 410, a stranger 404, and a deleted event can still be read", async () => {
  const { events } = await playGoogle();
  const { body } = await events.insert(meeting("2026-03-10"));
  await events.remove(body.id);
  const again = await events.remove(body.id);
  expect([again.status, reasonOf(again)]).toEqual([410, "deleted"]);
  const stranger = await events.remove("nothere");
  expect([stranger.status, reasonOf(stranger)]).toEqual([404, "notFound"]);
  expect((await events.get(body.id)).body.status).toBe("cancelled");
});

test("an instance is changed by its own id; no such place is 404", async () => {
  const { events } = await playGoogle();
  const { body } = await events.insert({
    ...meeting("2026-03-23"),
    recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"],
  });
  const id = `${body.id}_20260330T080000Z`;
  const before = (await events.get(id)).body;
  const answer = await events.patch(id, { summary: "Special" }, { "if-match": before.etag });
  expect(answer.body).toMatchObject({ id, summary: "Special", recurringEventId: body.id });
  expect((await events.get(body.id)).body.summary).toBe("Meeting");
  expect((await events.get(`${body.id}_20260331T080000Z`)).status).toBe(404);
  await events.remove(body.id);
  expect((await events.list(march)).items).toEqual([]);
  expect((await events.get(id)).body.status).toBe("cancelled");
  expect((await events.remove(id)).status).toBe(410);
});

test("an import needs an iCalUID, and a second one is an update", async () => {
  const { api, events } = await playGoogle();
  const copy = { ...meeting("2026-03-10"), iCalUID: "u1@elsewhere", organizer: { email: "boss@x.org" } };
  const path = `${events.path}/import`;
  expect((await api(path, { body: meeting("2026-03-10") })).status).toBe(400);
  const first = await api(path, { body: copy });
  expect(first.body.organizer.self).toBeUndefined();
  const second = await api(path, { body: { ...copy, summary: "Renamed" } });
  expect(second.body).toMatchObject({ id: first.body.id, summary: "Renamed" });
  const shared = { extendedProperties: { shared: { a: "b" } } };
  const refused = await events.patch(first.body.id, shared);
  expect([refused.status, reasonOf(refused)]).toEqual([403, "forbiddenForNonOrganizer"]);
});

test("mails to guests are told by sendUpdates and kept in the outbox", async () => {
  const { admin, events } = await playGoogle();
  const guests = { ...meeting("2026-03-10"), attendees: [{ email: "a@x.org" }, { email: "b@example.com" }] };
  await events.insert(guests);
  expect(admin.outbox()).toEqual([]);
  await events.insert(guests, "?sendUpdates=all");
  await events.insert(guests, "?sendUpdates=externalOnly");
  expect(admin.outbox().map(({ to }) => to)).toEqual([["a@x.org", "b@example.com"], ["a@x.org"]]);
});

test("a conference is made with version 1 only, a little later", async () => {
  const { admin, events } = await playGoogle();
  const conferenceData = {
    createRequest: { requestId: "r1", conferenceSolutionKey: { type: "hangoutsMeet" } },
  };
  const wish = { ...meeting("2026-03-10"), conferenceData };
  expect((await events.insert(wish)).body.conferenceData).toBeUndefined();
  const { body } = await events.insert(wish, "?conferenceDataVersion=1");
  expect(body.conferenceData.createRequest.status.statusCode).toBe("pending");
  await admin.advance({ milliseconds: 2000 });
  const made = (await events.get(body.id)).body;
  expect(made.conferenceData.createRequest.status.statusCode).toBe("success");
  expect(made.hangoutLink).toMatch(/^https:\/\/meet\.google\.com\//);
});

test("what is declined, free, or no meeting says so", async () => {
  const { admin, events } = await playGoogle();
  const { body } = await events.insert({ ...meeting("2026-03-10"), attendees: [{ email: ada }] });
  admin.respond({ calendarId: ada, eventId: body.id, responseStatus: "declined" });
  expect((await events.get(body.id)).body.attendees).toEqual([
    { email: ada, responseStatus: "declined", self: true },
  ]);
  const free = (await events.insert({ ...meeting("2026-03-10"), transparency: "transparent" })).body;
  expect(free.transparency).toBe("transparent");
  const day = { start: { date: "2026-03-10" }, end: { date: "2026-03-11" } };
  for (const eventType of ["workingLocation", "birthday"]) {
    expect((await events.insert({ ...day, eventType })).body.eventType).toBe(eventType);
  }
  expect((await events.insert({ ...day, eventType: "party" })).status).toBe(400);
});
