import { expect, onTestFinished, test } from "vitest";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeGoogleConnection, startOwnGoogle } from "@/db/factories/google";
import { makeConfirmedVisit } from "@/db/factories/visit";
import { cancelBooking } from "@/lib/booking/cancel";
import { pushBooking } from "@/lib/mirror/push";
import { pullCalendar } from "./pull";

const now = new Date("2026-01-01T00:00:00Z");
const minute = (count: number) => new Date(now.getTime() + count * 60_000);

test("a copy that went to another calendar and was made to repeat is taken away whole", async () => {
  const google = await startOwnGoogle({ startsAt: now });
  onTestFinished(() => google.stop());
  const page = await makeBookingPage();
  const account = await makeGoogleConnection(google, page.hostId, { isDestination: true });
  const team = await account.addCalendar();
  for (const { id } of [account.calendar, team]) await pullCalendar(id, now);
  const visit = await makeConfirmedVisit(page, now);
  await pushBooking(visit.id, now);

  const standing = (calendarId: string) =>
    google.admin.eventsIn({ calendarId, timeMin: "2026-01-01T00:00:00Z", timeMax: "2026-03-01T00:00:00Z" });
  const [copy] = standing(account.email);
  const which = { calendarId: account.email, eventId: copy?.id ?? "" };
  google.admin.transferEvent({ ...which, to: team.remoteId });
  const recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"];
  google.admin.changeEvent({
    calendarId: team.remoteId,
    eventId: which.eventId,
    event: { recurrence, start: { ...copy?.start, timeZone: "UTC" }, end: { ...copy?.end, timeZone: "UTC" } },
  });
  expect(standing(team.remoteId)).toHaveLength(3);

  await cancelBooking(visit.viewer, visit.id, {}, minute(1));
  await pushBooking(visit.id, minute(2));
  expect(standing(team.remoteId)).toEqual([]);
});
