import { describe, expect, test } from "vitest";
import { readInvitation } from "@/lib/ical/test-invitation";
import type { BookingMailInput } from "./booking-mail";
import { composeMail } from "./compose";
import { mailTo } from "./test-mail";

const stamp = new Date("2026-03-01T10:00:00Z");
const before = { startsAt: "2026-03-27T21:00:00Z", endsAt: "2026-03-27T21:30:00Z" };
const confirmed = { kind: "confirmed" } as const;
const compose = (...mail: Parameters<typeof mailTo>) => composeMail(mailTo(...mail), stamp);
const flat = (text: string) => text.replaceAll("\u00a0", " ");

describe("when", () => {
  test("is told the visitor by their own clock with its offset, and by the host's", async () => {
    const { text, subject } = await compose("visitor", confirmed);
    expect(flat(text)).toContain("Tuesday, March 31, 2026\n  2:45 PM – 3:15 PM, Kathmandu time, GMT+5:45");
    expect(flat(text)).toContain("For Hanna Host: 11:00 AM – 11:30 AM, Brussels time, GMT+2");
    expect(flat(subject)).toBe(
      "Confirmed: Intro call with Hanna Host, Tue, Mar 31, 2026, 2:45 PM (GMT+5:45)",
    );
  });

  test("is told the host by theirs, each date with the offset it has", async () => {
    const { text, html } = await compose("host", { kind: "moved", from: before });
    expect(text).toContain("Was (no longer):\n  Friday 27 March 2026\n  22:00 – 22:30, Brussels time, GMT+1");
    expect(text).toContain(
      "For Vera Visitor: Saturday 28 March 2026, 02:45 – 03:15, Kathmandu time, GMT+5:45",
    );
    expect(text).toContain("Now:\n  Tuesday 31 March 2026\n  11:00 – 11:30, Brussels time, GMT+2");
    expect(html).toContain("line-through");
  });

  test("stands once when both have the same clock", async () => {
    const host = { name: "Hanna Host", email: "hanna@example.test", timeZone: "Asia/Kathmandu" };
    const { text } = await compose("visitor", confirmed, { host });
    expect(text).not.toContain("For Hanna Host");
  });

  test("says when a meeting ends on the next day", async () => {
    const { text } = await compose("host", confirmed, {
      startsAt: "2026-03-31T21:30:00Z",
      endsAt: "2026-03-31T22:30:00Z",
    });
    expect(text).toContain("23:30 – 00:30 the next day");
  });
});

describe("where", () => {
  const phone = (kind: "host_phone" | "visitor_phone") => ({
    place: { kind, text: kind === "host_phone" ? "+32 2 123" : null },
    visitor: { ...visitor, phone: "+977 1 234" },
  });
  const visitor: BookingMailInput["visitor"] = {
    name: "Vera Visitor",
    email: "vera@example.test",
    phone: null,
    note: null,
    answers: [],
    timeZone: "UTC",
    language: "en-GB",
  };

  test("says who calls whom", async () => {
    expect((await compose("visitor", confirmed, phone("host_phone"))).text).toContain(
      "You call Hanna Host: +32 2 123",
    );
    expect((await compose("host", confirmed, phone("host_phone"))).text).toContain(
      "Vera Visitor calls you: +32 2 123",
    );
    expect((await compose("visitor", confirmed, phone("visitor_phone"))).text).toContain(
      "Hanna Host calls you: +977 1 234",
    );
    const toHost = await compose("host", confirmed, phone("visitor_phone"));
    expect(toHost.text).toContain("You call Vera Visitor: +977 1 234");
    expect(readInvitation(toHost.invitation?.ics ?? "").location).toBe("+977 1 234");
  });

  test("links a video call, and nothing that is not http", async () => {
    expect((await compose("visitor", confirmed)).html).toContain('href="https://meet.example.com/room"');
    const { html } = await compose("visitor", confirmed, {
      place: { kind: "video", text: "javascript:alert(1)" },
    });
    expect(html).not.toContain('href="javascript');
  });
});

describe("links", () => {
  test("let the visitor cancel and move, and never reach the host", async () => {
    const toVisitor = await compose("visitor", confirmed);
    expect(toVisitor.html).toContain("/booking/token/cancel");
    expect(toVisitor.text).toContain("https://cal.example/booking/token/move");
    const toHost = await compose("host", confirmed);
    expect(toHost.html + toHost.text + toHost.invitation?.ics).not.toContain("booking/token");
  });

  test("let the host answer a request, and nobody else", async () => {
    const asked = { kind: "awaits_host", because: "approval", moveTo: null } as const;
    expect((await compose("host", asked)).html).toContain('href="https://cal.example/booking/host/token"');
    const toVisitor = await compose("visitor", asked);
    expect(toVisitor.html + toVisitor.text).not.toContain("/booking/host/");
  });

  test("offer another time when nothing came of this one", async () => {
    const { html } = await compose("visitor", { kind: "declined", because: "conflict", reason: null });
    expect(html).toContain('href="https://cal.example/book/hanna/intro"');
    expect(html).not.toContain("/cancel");
  });
});

describe("words", () => {
  test("carry what was said: answers to the host, the reason to both", async () => {
    const cancelled = { kind: "cancelled", by: "visitor", reason: "I am ill.", wasConfirmed: true } as const;
    for (const to of ["visitor", "host"] as const)
      expect((await compose(to, cancelled)).text).toContain("Reason:\n  I am ill.");
    expect((await compose("host", confirmed)).text).toContain("Which case?\n  Number 7");
  });

  test("tell a host what came of a change in their calendar", async () => {
    const textOf = async (change: BookingMailInput["change"]) => (await compose("host", change)).text;
    expect(await textOf({ kind: "moved", from: before, inCalendar: true })).toContain(
      "You moved it in your calendar",
    );
    const cancelled = { kind: "cancelled", by: "host", reason: null, wasConfirmed: true } as const;
    expect(await textOf({ ...cancelled, inCalendar: true })).toContain("You deleted it in your calendar");
    expect(await textOf(cancelled)).not.toContain("in your calendar");
    const reasons = ["booking", "past", "all_day", "repeats", "no_length"] as const;
    const letters = await Promise.all(
      reasons.map((because) => textOf({ kind: "put_back", because, to: null })),
    );
    expect(new Set(letters).size).toBe(reasons.length);
    for (const text of letters) expect(text).toContain("stays where it was");
  });

  test("say in a different subject and heading what happened", async () => {
    const changes: BookingMailInput["change"][] = [
      { kind: "awaits_host", because: "unreadable_calendar", moveTo: null },
      { kind: "awaits_host", because: "approval", moveTo: before },
      confirmed,
      { kind: "declined", because: "expired", reason: null },
      { kind: "cancelled", by: "host", reason: null, wasConfirmed: true },
      { kind: "moved", from: before },
      { kind: "move_refused", to: before, because: "conflict", reason: null },
      { kind: "put_back", to: before, because: "booking" },
      { kind: "reminder", minutes: 1440 },
    ];
    for (const to of ["visitor", "host"] as const) {
      const letters = await Promise.all(changes.map((change) => compose(to, change)));
      expect(new Set(letters.map(({ subject }) => subject)).size).toBe(changes.length);
      for (const { subject, html, text } of letters) {
        expect(subject).toContain("Intro call");
        expect(html).not.toMatch(/<img|src=|url\(/);
        expect(html).toContain("prefers-color-scheme: dark");
        expect(text).not.toMatch(/undefined|null|\[object/);
      }
    }
  });

  test("of a visitor stay words", async () => {
    const evil = '<img src=x onerror=alert(1)></style><script>"&';
    const visitor = { ...mailTo("host", confirmed).visitor, name: evil, note: evil };
    const { html, subject } = await compose("host", confirmed, {
      visitor: { ...visitor, answers: [{ label: evil, answer: evil }] },
    });
    expect(html).not.toMatch(/<img|<script/);
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe("the invitation", () => {
  test("names method, organizer and attendees, and keeps UID and times", async () => {
    for (const to of ["visitor", "host"] as const) {
      const { invitation } = await compose(to, confirmed, { sequence: 3 });
      expect(invitation?.method).toBe("REQUEST");
      const yes = { partstat: "ACCEPTED", rsvp: "FALSE" };
      expect(readInvitation(invitation?.ics ?? "")).toMatchObject({
        method: "REQUEST",
        status: "CONFIRMED",
        uid: "1@calends",
        sequence: 3,
        stamp: "2026-03-01T10:00:00Z",
        start: "2026-03-31T09:00:00Z",
        end: "2026-03-31T09:30:00Z",
        location: "https://meet.example.com/room",
        title: to === "visitor" ? "Intro call with Hanna Host" : "Intro call: Vera Visitor",
        organizers: [{ address: "mailto:hanna@example.test", name: "Hanna Host" }],
        attendees: [
          { address: "mailto:vera@example.test", name: "Vera Visitor", ...yes },
          { address: "mailto:hanna@example.test", name: "Hanna Host", ...yes },
        ],
      });
    }
  });

  test("takes a cancelled meeting out, and stays away where nothing was entered", async () => {
    const cancelled = { kind: "cancelled", by: "host", reason: null } as const;
    const { invitation } = await compose("visitor", { ...cancelled, wasConfirmed: true });
    expect(invitation?.method).toBe("CANCEL");
    expect(readInvitation(invitation?.ics ?? "")).toMatchObject({ method: "CANCEL", status: "CANCELLED" });
    expect((await compose("visitor", { ...cancelled, wasConfirmed: false })).invitation).toBeNull();
    expect((await compose("visitor", { kind: "reminder", minutes: 60 })).invitation).toBeNull();
  });

  test("survives names no parameter can hold", async () => {
    const host = { name: 'Dr. "H"; a:b, ^x\r\nATTENDEE:mailto:evil@example.test', email: "h@example.test" };
    const { invitation } = await compose("visitor", confirmed, { host: { ...host, timeZone: "UTC" } });
    const ics = invitation?.ics ?? "";
    expect(readInvitation(ics).organizers).toMatchObject([
      {
        address: "mailto:h@example.test",
        name: expect.stringContaining("Dr. 'H'; a:b, ^x ATTENDEE:mailto:evil"),
      },
    ]);
    expect(readInvitation(ics).attendees).toHaveLength(2);
    for (const line of ics.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});
