import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { normalizeFeedUrl } from "./address";

const sentenceFor = (text: string) => {
  try {
    normalizeFeedUrl(text);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, field: error.field, message: error.message };
  }
  return expect.fail(`${text} should have been refused`);
};

describe("the address of a feed", () => {
  test.each([
    ["https://feeds.example/a.ics", "https://feeds.example/a.ics"],
    ["  https://feeds.example/a.ics\n", "https://feeds.example/a.ics"],
    ["webcal://feeds.example/a.ics?key=1", "https://feeds.example/a.ics?key=1"],
    ["WebCal://Feeds.Example:443/A.ics", "https://feeds.example/A.ics"],
    ["webcals://feeds.example/a.ics", "https://feeds.example/a.ics"],
    ["feeds.example/a.ics", "https://feeds.example/a.ics"],
    ["feeds.example:8443/a.ics", "https://feeds.example:8443/a.ics"],
    ["https://feeds.example", "https://feeds.example/"],
    ["https://feeds.example/a.ics#today", "https://feeds.example/a.ics"],
    ["https://feeds.example/Ä b.ics", "https://feeds.example/%C3%84%20b.ics"],
    ["https://bücher.example/a.ics", "https://xn--bcher-kva.example/a.ics"],
    ["http://192.168.0.7/a.ics", "http://192.168.0.7/a.ics"],
    [
      "https://calendar.google.com/calendar/ical/ada%40example.test/private-1/basic.ics",
      "https://calendar.google.com/calendar/ical/ada%40example.test/private-1/basic.ics",
    ],
  ])("%s is %s", (typed, address) => {
    expect(normalizeFeedUrl(typed)).toBe(address);
  });

  test.each(["", " ", "https://", "no address", "javascript:alert(1)", "https://exa mple/"])(
    "refuses %j",
    (typed) => {
      expect(sentenceFor(typed)).toEqual({
        code: "invalid",
        field: "url",
        message: "This is not the address of a calendar.",
      });
    },
  );

  test.each(["ftp://feeds.example/a.ics", "file://feeds.example/etc/passwd", "caldav://feeds.example/"])(
    "refuses the scheme of %s",
    (typed) => {
      expect(sentenceFor(typed)).toMatchObject({ message: expect.stringContaining("https:// or webcal://") });
    },
  );

  test.each([
    "https://calendar.google.com/calendar/u/0?cid=YWRh",
    "https://calendar.google.com/calendar/embed?src=ada%40example.test&ctz=Europe%2FBerlin",
    "calendar.google.com/calendar/u/0/r",
  ])("says where Google hides the feed of %s", (typed) => {
    expect(sentenceFor(typed)).toMatchObject({ message: expect.stringContaining("Secret address in iCal") });
  });

  test("ends at 2000 characters", () => {
    const address = `https://feeds.example/${"a".repeat(1978)}`;
    expect(normalizeFeedUrl(address)).toBe(address);
    expect(sentenceFor(`${address}a`)).toMatchObject({ message: expect.stringContaining("2000") });
  });

  test("is left as it is once it is normal, and webcal is https", () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        const url = `http://Feeds.example:80/${rest}`;
        const address = normalizeFeedUrl(url);
        expect(normalizeFeedUrl(address)).toBe(address);
        const asWebcal = address.replace(/^https?:/, "webcal:");
        expect(normalizeFeedUrl(asWebcal)).toBe(address.replace(/^http:/, "https:"));
      }),
    );
  });
});
