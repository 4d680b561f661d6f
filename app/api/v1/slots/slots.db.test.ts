import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import { requestBooking } from "@/lib/booking/request";
import { GET } from "./route";

type Answer = {
  slots: { start: string; end: string }[];
  closed: boolean;
  error?: { code: string; field?: string };
};
let page: Awaited<ReturnType<typeof makeBookingPage>>;
const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  page = await makeBookingPage({ eventType: { otherDurations: [60] } });
});

async function ask(more: Record<string, string> = {}, of = page): Promise<Answer & { status: number }> {
  const query = new URLSearchParams({
    host: of.handle,
    event_type: of.eventType.slug,
    from: `${day}T00:00:00Z`,
    to: `${day}T23:00:00Z`,
    ...more,
  });
  const answer = await GET(new Request(`http://localhost/api/v1/slots?${query}`));
  return { status: answer.status, ...((await answer.json()) as Answer) };
}

it.each(["from", "to"])("what is no instant is refused by name: %s", async (field) => {
  for (const value of ["", "tomorrow", "2026-02-30T10:00:00Z", "0000-01-01T00:00:00Z"])
    expect(await ask({ [field]: value })).toMatchObject({ status: 400, error: { code: "invalid", field } });
});

describe("the length", () => {
  it("is the one offered first, or another that is offered", async () => {
    expect((await ask()).slots[0]).toEqual({ start: `${day}T09:00:00.000Z`, end: `${day}T09:30:00.000Z` });
    const { slots } = await ask({ duration: "60" });
    expect([slots[0]?.end, slots.at(-1)?.end]).toEqual([`${day}T10:00:00.000Z`, `${day}T17:00:00.000Z`]);
  });

  it.each(["45", "0", "-30", "1e2", "half an hour"])("is refused by name when it is %s", async (duration) => {
    expect(await ask({ duration })).toMatchObject({
      status: 400,
      error: { code: "invalid", field: "duration" },
    });
  });
});

describe("a booking that is to move", () => {
  it("does not stand in its own way", async () => {
    const start = `${day}T10:00:00.000Z`;
    const { token } = await requestBooking(
      {
        ...{ host: page.handle, eventType: page.eventType.slug, start, timeZone: "UTC" },
        ...{ name: "Vera", email: "vera@example.test", idempotencyKey: randomUUID() },
      },
      new Date(),
    );
    const isOffered = ({ slots }: Answer) => slots.some((slot) => slot.start === start);
    expect(isOffered(await ask())).toBe(false);
    expect(isOffered(await ask({ booking: token }))).toBe(true);
  });

  it("is refused by name when its token is none of ours", async () => {
    for (const booking of ["", "x", "A".repeat(54)])
      expect(await ask({ booking })).toMatchObject({
        status: 400,
        error: { code: "invalid", field: "booking" },
      });
  });
});

it("says that the page is closed, and not why, while a calendar cannot be read", async () => {
  expect((await ask()).closed).toBe(false);
  const closed = await makeBookingPage();
  await makeCalendar(closed.hostId, { name: "Secret plans", lastSyncedAt: new Date(0) });
  const answer = await ask({}, closed);
  expect(answer).toMatchObject({ status: 200, slots: [], closed: true });
  expect(JSON.stringify(answer)).not.toContain("Secret");
});
