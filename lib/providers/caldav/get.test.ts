import { describe, expect, it } from "vitest";
import { endsAt, openHostileAccount, startsAt } from "@/e2e/hostile-account";
import type { EventDraft } from "../provider";

const account = openHostileAccount();
const draft: EventDraft = {
  uid: "ours@calends",
  sequence: 0,
  title: "Ours",
  description: "First\nsecond",
  location: "Room 5",
  time: { kind: "timed", startsAt, endsAt },
  timeZone: "UTC",
};
const get = (id: string) => account.provider.getEvent(account.calendar, id, "UTC");

describe("reading one event", () => {
  it("gives back what was put, with the reference the put returned", async () => {
    const ref = await account.provider.putEvent(account.calendar, draft);
    const { sequence: _, timeZone: __, ...meaning } = draft;
    expect(await get(ref.id)).toEqual({
      ...ref,
      ...meaning,
      isRecurring: false,
      updatedAt: expect.any(Date),
    });
  });

  it("says null once it is gone, and otherwise that its calendar is", async () => {
    const ref = await account.provider.putEvent(account.calendar, draft);
    await account.provider.deleteEvent(account.calendar, ref);
    expect(await get(ref.id)).toBeNull();
    account.server.calendar(account.calendar).isGone = true;
    await expect(get(ref.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("takes no failure and no nonsense for gone", async () => {
    const ref = await account.provider.putEvent(account.calendar, draft);
    account.server.answer("GET", (_, response) => response.writeHead(500).end(), 1);
    await expect(get(ref.id)).rejects.toMatchObject({ code: "unavailable" });
    account.server.answer("GET", (_, response) => response.writeHead(200).end("<html/>"), 1);
    await expect(get(ref.id)).rejects.toMatchObject({ code: "unavailable" });
    account.server.save(account.calendar, `${draft.uid}.ics`, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    await expect(get(ref.id)).rejects.toMatchObject({ code: "invalid" });
  });
});
