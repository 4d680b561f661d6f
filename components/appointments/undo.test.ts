import { expect, test } from "vitest";
import type { CalendarItem } from "./item";
import { undoOf } from "./undo";

const at = (hour: number) =>
  ({
    kind: "timed",
    startsAt: `2027-03-01T0${hour}:00:00.000Z`,
    endsAt: `2027-03-01T0${hour + 1}:00:00.000Z`,
  }) as const;
const item: CalendarItem = {
  ...{ appointmentId: "one", occurrenceKey: "", bookingId: null, title: "Call", location: null },
  ...{ time: at(8), timeZone: "Europe/Berlin", project: null, isRecurring: false, isEditable: true },
  ...{ revision: 3, ownerId: "me", isMine: true },
};
const occurrence = { ...item, isRecurring: true, occurrenceKey: at(8).startsAt };

test("a move back begins where the move ended", () => {
  expect(undoOf(item, at(9), null)).toEqual({ ...item, time: at(9) });
  expect(undoOf(occurrence, at(9), "this")).toMatchObject({ time: at(9), occurrenceKey: at(8).startsAt });
});

test("a series moved as a whole is named by where it is now; where that is not known, nothing is offered", () => {
  expect(undoOf(occurrence, at(9), "all")).toMatchObject({ occurrenceKey: at(9).startsAt });
  expect(undoOf({ ...occurrence, occurrenceKey: at(5).startsAt }, at(9), "all")).toBeNull();
  expect(undoOf(occurrence, at(9), "following")).toBeNull();
});
