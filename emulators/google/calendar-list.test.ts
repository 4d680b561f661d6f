import { expect, test } from "vitest";
import { ada, playGoogle } from "./test-google";

const list = "/users/me/calendarList";
const ids = (items: { id: string }[]) => items.map((item) => item.id);

test("the list has roles, the primary calendar, and at most 250 a page", async () => {
  const { admin, api } = await playGoogle();
  for (let count = 0; count < 260; count += 1)
    admin.addCalendar({ id: `c${count}`, owner: ada, summary: `C ${count}` });
  const usual = await api(list);
  expect(usual.body.items).toHaveLength(100);
  expect(usual.body.items[0]).toMatchObject({
    id: ada,
    primary: true,
    accessRole: "owner",
    timeZone: "Europe/Berlin",
  });
  const large = await api(`${list}?maxResults=999`);
  expect(large.body.items).toHaveLength(250);
  expect(large.body.nextSyncToken).toBeUndefined();
  const last = await api(`${list}?maxResults=999&pageToken=${encodeURIComponent(large.body.nextPageToken)}`);
  expect(last.body.items).toHaveLength(11);
  expect(last.body.nextSyncToken).toBeDefined();
});

test("a role can be asked for, hidden calendars are shown on demand", async () => {
  const { admin, api } = await playGoogle();
  admin.addUser({ email: "grace@example.com" });
  admin.share({ calendarId: "grace@example.com", email: ada, role: "freeBusyReader" });
  expect(ids((await api(list)).body.items)).toEqual([ada, "grace@example.com"]);
  expect(ids((await api(`${list}?minAccessRole=writer`)).body.items)).toEqual([ada]);
  admin.hideCalendar({ email: ada, calendarId: "grace@example.com" });
  expect(ids((await api(list)).body.items)).toEqual([ada]);
  expect((await api(`${list}?showHidden=true`)).body.items).toHaveLength(2);
});

test("a sync token tells of added, changed and removed calendars", async () => {
  const { admin, api } = await playGoogle();
  const { id } = admin.addCalendar({ owner: ada, summary: "Old" });
  const { nextSyncToken } = (await api(list)).body;
  const since = (more = "") => api(`${list}?syncToken=${encodeURIComponent(nextSyncToken)}${more}`);
  expect((await since()).body.items).toEqual([]);
  admin.changeCalendar({ calendarId: ada, summary: "Ada's" });
  admin.removeCalendar({ calendarId: id });
  const { items } = (await since()).body;
  expect(items.find((item) => item.id === ada)?.summary).toBe("Ada's");
  expect(items.find((item) => item.id === id)).toMatchObject({ deleted: true });
  expect((await since("&minAccessRole=owner")).status).toBe(400);
  expect((await since("&showDeleted=false")).status).toBe(400);
  admin.expireListTokens({ email: ada });
  expect((await since()).status).toBe(410);
});
