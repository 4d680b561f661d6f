import { expect, test } from "vitest";
import { composeMail } from "./compose";
import { type NoticeMailInput, noticeMail } from "./notice-mail";

const stamp = new Date("2026-03-31T09:00:00Z");
const reason = "feeds.example answered that the feed is gone (410).";
const givenUp = { kind: "subscription_disabled", reason } as const;
const failing = { kind: "calendar_failing", reason: "feeds.example did not answer." } as const;

function feedMail(change: NoticeMailInput["change"], closesAt: string | null = null) {
  return composeMail(
    noticeMail.parse({
      to: "holder",
      change,
      since: "2026-03-30T08:30:00Z",
      at: "2026-03-31T09:00:00Z",
      provider: { name: "feeds.example", signsInBy: "nothing" },
      account: "feeds.example",
      calendars: ["School holidays"],
      closesAt,
      maxStalenessMinutes: 1440,
      receivesBookings: false,
      host: { name: "Hanna Host", email: "hanna@example.test", timeZone: "Europe/Brussels" },
      link: "https://cal.example/subscriptions",
    }),
    stamp,
  );
}

test("says that a feed was given up, why, and what to do", async () => {
  const { subject, text, invitation } = await feedMail(givenUp);
  expect(subject).toBe("School holidays is no longer refreshed");
  expect(text).toContain(
    "Once you know what is wrong, refresh it by hand, give it its new address, or unsubscribe.",
  );
  expect(text).toContain("Subscription:\n  School holidays\n  feeds.example");
  expect(text).toContain("Since:\n  10:30 on Monday 30 March 2026 (Brussels time, GMT+2)");
  expect(text).toContain(`What happened:\n  ${reason}`);
  expect(text).toContain("Look at your subscriptions:\n  https://cal.example/subscriptions");
  expect(text).not.toMatch(/booking pages|reconnect|password|account/i);
  expect(invitation).toBeNull();
});

test("says what a feed that is given up does to bookings, which nothing opens by itself", async () => {
  expect((await feedMail(givenUp, "2026-03-31T20:00:00Z")).text).toContain(
    "your booking pages close at 22:00 on Tuesday 31 March 2026 (Brussels time, GMT+2). Before that, refresh it by hand",
  );
  const closed = await feedMail(givenUp, "2026-03-31T09:00:00Z");
  expect(closed.text).toContain("so your booking pages are closed: refresh it by hand");
  expect(closed.text).not.toContain("by themselves");
});

test("says when a feed that fails will close the booking pages, or that it has, and when that is over", async () => {
  const { subject, text } = await feedMail(failing, "2026-03-31T20:00:00Z");
  expect(subject).toBe("School holidays cannot be read");
  expect(text).toContain("We go on trying, ever more rarely.");
  expect(text).toContain(
    "close at 22:00 on Tuesday 31 March 2026 (Brussels time, GMT+2), when it has not been read for 1 day",
  );
  expect((await feedMail(failing, "2026-03-31T08:00:00Z")).text).toContain("closed meanwhile");
  const over = await feedMail({ kind: "calendar_working" }, "2026-04-01T20:00:00Z");
  expect(over.subject).toBe("School holidays is read again");
  expect(over.text).toContain("to 11:00 on Tuesday 31 March 2026");
  expect(over.text).not.toContain("booking pages");
});
