import { expect, test } from "vitest";
import { ada, meeting, playGoogle, reasonOf } from "./test-google";

test("fields says what is told, in a list and of one event", async () => {
  const { events } = await playGoogle();
  const properties = { private: { a: "1" }, shared: { b: "2" } };
  const attendees = [{ email: ada, responseStatus: "declined" }, { email: "bob@example.com" }];
  const { body } = await events.insert({
    ...meeting("2026-03-10"),
    attendees,
    extendedProperties: properties,
  });
  const fields = "nextSyncToken,items(id,attendees(self,responseStatus),extendedProperties/private)";
  const list = await events.page({ fields });
  expect(Object.keys(list.body).sort()).toEqual(["items", "nextSyncToken"]);
  expect(list.body.items).toEqual([
    {
      id: body.id,
      attendees: [{ self: true, responseStatus: "declined" }, { responseStatus: "needsAction" }],
      extendedProperties: { private: { a: "1" } },
    },
  ]);
  const one = await events.get(`${body.id}?fields=start/dateTime,summary`);
  expect(one.body).toEqual({ summary: "Meeting", start: { dateTime: "2026-03-10T10:00:00+01:00" } });
});

test.each(["items(id", "items(id))", "nonsense", "items(nonsense)", "id,"])(
  "the selection %j is refused",
  async (fields) => {
    const { events } = await playGoogle();
    const answer = await events.page({ fields });
    expect([answer.status, reasonOf(answer)]).toEqual([400, "invalidParameter"]);
  },
);
