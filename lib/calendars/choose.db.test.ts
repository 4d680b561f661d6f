import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { calendars } from "@/db/schema";
import { chooseCalendars } from "./choose";

async function chosen(id: string) {
  const [row] = await database().select().from(calendars).where(eq(calendars.id, id));
  return row && { blocks: row.checksConflicts, allDay: row.allDayBlocks, receives: row.isDestination };
}

test("a calendar blocks, blocks with free all-day events, and receives as its host chooses", async () => {
  const { viewer, user } = await makeHost();
  const { id, connectionId } = await makeCalendar(user.id, { checksConflicts: false });
  const choose = (choice: object) =>
    chooseCalendars(viewer, connectionId, { conflictIds: [], destinationId: null, ...choice });

  await choose({ conflictIds: [id], allDayIds: [id], destinationId: id });
  expect(await chosen(id)).toEqual({ blocks: true, allDay: true, receives: true });
  await choose({ conflictIds: [id] });
  expect(await chosen(id)).toEqual({ blocks: true, allDay: false, receives: false });
});

test("somebody else's calendar is none of this connection's", async () => {
  const { viewer, user } = await makeHost();
  const { connectionId } = await makeCalendar(user.id);
  const foreign = await makeCalendar((await makeHost()).user.id);
  for (const [field, value] of Object.entries({
    conflictIds: [foreign.id],
    allDayIds: [foreign.id],
    destinationId: foreign.id,
  })) {
    const choice = { conflictIds: [], allDayIds: [], destinationId: null, [field]: value };
    await expect(chooseCalendars(viewer, connectionId, choice)).rejects.toMatchObject({
      code: "invalid",
      field,
    });
  }
  expect(await chosen(foreign.id)).toMatchObject({ blocks: true, allDay: false });
});
