import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { readFeed } from "./feed";
import type { Thread } from "./feed-threads";
import { in2026, readWhole, request, type WholeFeed } from "./test-feed";
import { calendar, event } from "./test-text";

// With real threads; the first one takes a while to start.
const slow = 30_000;

const meetings = (count: number, ...lines: string[]) =>
  calendar(
    ...Array.from({ length: count }, (_, n) => event(`UID:${n}`, "DTSTART:20260601T100000Z", ...lines)),
  );
/** Each is worked out until it has spent all that one event may, which takes seconds for all of them. */
const endless = meetings(900, "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9");

async function readAll(...asked: Parameters<typeof request>): Promise<WholeFeed & { pages: number }> {
  const feed = readFeed(request(...asked));
  const events: WholeFeed["events"] = [];
  for (let pages = 0; ; pages += 1) {
    const next = await feed.next();
    if (next.done) return { ...next.value, events, pages };
    events.push(...next.value);
  }
}

const threads = () => {
  const shared = globalThis as { calendsFeedThreads?: { running: Set<Thread>; free: Thread[] } };
  const { running, free } = shared.calendsFeedThreads ?? { running: new Set(), free: [] };
  return { running: [...running], free: [...free] };
};

describe("reading a feed in a thread", { timeout: slow }, () => {
  it("gives what reading it here does", async () => {
    const text = calendar(
      "X-WR-CALNAME:Office",
      event("UID:1", "SUMMARY:Frühstück", "DTSTART;TZID=Europe/Berlin:20260601T100000", "RRULE:FREQ=WEEKLY"),
      event("UID:2", "DTSTART;VALUE=DATE:20260601"),
      event("UID:3", "DTSTART:someday"),
    );
    const { pages, ...read } = await readAll(text);
    expect(pages).toBe(1);
    expect(read).toEqual(readWhole(text));
  });

  it("comes in pages, of which nobody wants an empty one", async () => {
    const text = meetings(1_000);
    const all = await readAll(text);
    expect(all.pages).toBeGreaterThan(1);
    expect(all.events).toHaveLength(1_000);
    expect(await readAll(text, { known: all.versions })).toMatchObject({ pages: 0, versions: all.versions });
  });

  it("does not mind a body that is a part of a buffer others use", async () => {
    const body = Buffer.from(meetings(1));
    const shared = Buffer.concat([Buffer.from("before"), body, Buffer.from("after")]).subarray(6, -5);
    expect((await readAll(shared)).events).toHaveLength(1);
    expect(shared.toString()).toBe(body.toString());
  });

  it("uses the same thread again", async () => {
    await readAll(meetings(1));
    const { running, free } = threads();
    expect(free.length).toBeGreaterThan(0);
    await readAll(meetings(1));
    expect(threads().running).toEqual(running);
  });

  it("starts two threads at most, and lets the others wait", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, (_, n) => readAll(meetings(n + 1))));
    expect(all.map(({ events }) => events.length)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(threads().running).toHaveLength(2);
    expect(threads().free).toHaveLength(2);
  });

  it("says so at once when its thread died between two pages", async () => {
    const feed = readFeed(request(meetings(1_000)));
    await feed.next();
    const died = threads().running.map(({ worker }) => worker.terminate());
    await Promise.all(died);
    await expect(feed.next()).rejects.toMatchObject({ code: "unavailable" });
    expect((await readAll(meetings(1))).events).toHaveLength(1);
  });

  it("says why a text is none", async () => {
    await expect(readAll("<html>")).rejects.toThrow(expect.objectContaining({ code: "invalid" }));
    await expect(readAll("<html>")).rejects.toBeInstanceOf(AppError);
    expect((await readAll(meetings(1))).events).toHaveLength(1);
  });

  it("gives up after its deadline, and reads the next one all the same", async () => {
    const began = performance.now();
    await expect(readAll(endless, { deadlineMs: 50 })).rejects.toThrow("took too long");
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await readAll(meetings(1))).events).toHaveLength(1);
  });

  it("lets go of a thread when nobody wants the rest", async () => {
    for await (const page of readFeed(request(meetings(1_000)))) {
      expect(page.length).toBeGreaterThan(0);
      break;
    }
    const { running, free } = threads();
    expect(free).toHaveLength(running.length);
    expect((await readAll(meetings(2))).events).toHaveLength(2);
  });

  it("does not take a crash along", async () => {
    const window = { ...in2026, timeZone: "No/Where" };
    await expect(readAll(meetings(1), { window })).rejects.toThrow(
      expect.objectContaining({ code: "unavailable", cause: expect.any(RangeError) }),
    );
    expect((await readAll(meetings(1))).events).toHaveLength(1);
  });
});
