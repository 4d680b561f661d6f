import { afterAll, afterEach, describe, expect, test } from "vitest";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeVisit, type Visit } from "@/db/factories/visit";
import { acceptByLink } from "@/lib/booking/answer";
import { cancelByVisitor } from "@/lib/booking/cancel";
import { moveByVisitor } from "@/lib/booking/move";
import { AppError } from "@/lib/errors";
import { pullCalendar } from "@/lib/sync/pull";
import { confirmBookingRun } from "../confirm-booking";
import { deliverBooking } from "../deliver-booking";
import { disconnect, eventually, reset, runEngine } from "./harness";

// The engine's clock is the real one, so these bookings are ahead of it.
const day = 86_400_000;
const tomorrow = Math.ceil(Date.now() / day) * day + day;
const at = (hour: number) => new Date(tomorrow + hour * 3_600_000);

afterEach(reset);
afterAll(disconnect);

async function setUp() {
  const page = await makeBookingPage();
  const fake = await makeFakeCalendar(page.hostId, { isDestination: true });
  await pullCalendar(fake.calendar.id, new Date());
  const visit = await makeVisit(page, new Date(), { start: at(10).toISOString() });
  return { visit, ...fake };
}

const until = (visit: Visit, isSo: (row: Awaited<ReturnType<Visit["row"]>>) => boolean) =>
  eventually(async () => isSo(await visit.row()));

describe("bookings in the engine", () => {
  test("are confirmed, moved and cancelled, and the host's calendar follows each time", async () => {
    const { visit, account, remoteId } = await setUp();
    const starts = () =>
      account
        .events(remoteId)
        .map(({ draft }) => (draft?.time.kind === "timed" ? draft.time.startsAt.getTime() : null));
    await runEngine([confirmBookingRun, deliverBooking]);
    await until(visit, ({ status }) => status === "confirmed");
    await eventually(() => starts()[0] === at(10).getTime());
    await moveByVisitor(visit.token, { start: at(14).toISOString() }, new Date());
    await until(visit, ({ startsAt }) => startsAt.getTime() === at(14).getTime());
    await eventually(() => starts()[0] === at(14).getTime());
    await cancelByVisitor(visit.token, {}, new Date());
    await eventually(() => starts().length === 0);
    expect(await visit.row()).toMatchObject({ status: "cancelled", sequence: 2 });
    expect(await visit.mails("visitor")).toEqual(["cancelled", "confirmed", "moved"]);
  });

  test("wait for the host when a calendar stays unreadable through every attempt", async () => {
    const { visit, account } = await setUp();
    const attempts = 5;
    for (let n = 0; n < attempts; n++) account.failNext("pull", new AppError("unavailable", "It is away."));
    await runEngine([confirmBookingRun, deliverBooking]);
    await until(visit, ({ waitsFor }) => waitsFor === "unreadable_calendar");
    expect(await visit.mails("host")).toEqual(["awaits_host"]);
    await acceptByLink(visit.hostToken, new Date());
    await eventually(() => account.calls.includes("put"));
    expect(await visit.row()).toMatchObject({ status: "confirmed", waitsFor: null });
  });
});
