import { expect, test } from "vitest";
import { composeMail } from "./compose";
import { type NoticeMailInput, noticeMail } from "./notice-mail";

const stamp = new Date("2026-03-31T09:00:00Z");

function noticeOf(change: NoticeMailInput["change"], facts: Partial<NoticeMailInput> = {}) {
  return composeMail(
    noticeMail.parse({
      to: "holder",
      change,
      since: "2026-03-31T08:30:00Z",
      at: "2026-03-31T09:00:00Z",
      provider: { name: "Google", signsInBy: "consent" },
      account: "hanna@example.test",
      calendars: ["Work"],
      closesAt: "2026-03-31T09:25:00Z",
      maxStalenessMinutes: 60,
      receivesBookings: false,
      host: { name: "Hanna Host", email: "hanna@example.test", timeZone: "Europe/Brussels" },
      link: "https://cal.example/connections",
      ...facts,
    }),
    stamp,
  );
}

const refused = { kind: "reconnect", reason: "Google says that access was withdrawn." } as const;
const failing = { kind: "calendar_failing", reason: "The server did not answer." } as const;
const caldav = { provider: { name: "dav.example", signsInBy: "password" } } as const;

test("says what happened, since when by the host's clock, and when bookings close", async () => {
  const { subject, text, invitation, replyTo, fromName } = await noticeOf(refused, {
    closesAt: "2026-03-31T09:00:00Z",
  });
  expect(subject).toBe("Please reconnect hanna@example.test: Google no longer lets us in");
  expect(text).toContain("Our access to hanna@example.test was withdrawn or has run out");
  expect(text).toContain("Your booking pages are closed meanwhile");
  expect((await noticeOf(failing)).text).toContain(
    "Your booking pages close at 11:25 on Tuesday 31 March 2026 (Brussels time, GMT+2) unless it works again before: you accept readings up to 1 hour old.",
  );
  expect(text).toContain("Since:\n  10:30 on Tuesday 31 March 2026 (Brussels time, GMT+2)");
  expect(text).toContain("What happened:\n  Google says that access was withdrawn.");
  expect(text).toContain("Reconnect Google:\n  https://cal.example/connections");
  expect({ invitation, replyTo, fromName }).toEqual({ invitation: null, replyTo: null, fromName: null });
});

test("speaks of a password where there is one", async () => {
  const { subject, text } = await noticeOf(refused, caldav);
  expect(subject).toContain("dav.example no longer lets us in");
  expect(text).toContain("The password stored for hanna@example.test no longer works");
  expect(text).toContain("Enter a new password:\n  https://cal.example/connections");
});

test("says when bookings are closed already, stay open, or do not appear", async () => {
  const closed = await noticeOf(failing, { closesAt: "2026-03-31T08:59:00Z" });
  expect(closed.text).toContain("Your booking pages are closed meanwhile");
  const open = await noticeOf(failing, { closesAt: null, receivesBookings: true });
  expect(open.text).not.toContain("booking pages");
  expect(open.text).toContain("New bookings appear in your calendar once it works again.");
});

test("names one calendar, two, or the first of many", async () => {
  const subjects = await Promise.all(
    [["Work"], ["Family", "Work"], ["Family", "Sport", "Work"]].map(
      async (calendars) => (await noticeOf(failing, { calendars })).subject,
    ),
  );
  expect(subjects).toEqual([
    "Work cannot be read",
    "Family and Work cannot be read",
    "Family and 2 other calendars cannot be read",
  ]);
});

test("says that it is over, and how long it lasted", async () => {
  for (const kind of ["reconnected", "calendar_working"] as const) {
    const { subject, text, html } = await noticeOf({ kind });
    expect(subject).toMatch(/again$/);
    expect(text).toContain("from 10:30 on Tuesday 31 March 2026");
    expect(text).toContain("to 11:00 on Tuesday 31 March 2026");
    expect(html).toContain('href="https://cal.example/connections"');
    expect(text).not.toMatch(/undefined|null|\[object/);
  }
});

test("keeps words of others words", async () => {
  const evil = '<img src=x onerror=alert(1)></style><script>"&\r\nBcc: all';
  const { html, subject } = await noticeOf({ kind: "calendar_failing", reason: evil }, { calendars: [evil] });
  expect(html).not.toMatch(/<img|<script/);
  expect(subject).not.toMatch(/[\r\n]/);
});
