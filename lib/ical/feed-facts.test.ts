import { describe, expect, it } from "vitest";
import { readWhole } from "./test-feed";
import { calendar } from "./test-text";

const factsOf = (...head: string[]) => readWhole(calendar(...head)).facts;

describe("what a feed says of itself", () => {
  it("may be nothing", () => {
    expect(factsOf()).toEqual({
      name: null,
      color: null,
      refreshMinutes: null,
      eventCount: 0,
      skippedCount: 0,
      skipped: [],
    });
  });

  it.each([
    ["X-WR-CALNAME:Holidays\\, Bavaria", "Holidays, Bavaria"],
    ["NAME:Holidays", "Holidays"],
    ["NAME;LANGUAGE=de:Ferien\\n  Bayern ", "Ferien Bayern"],
    [`NAME:${"x".repeat(300)}`, "x".repeat(200)],
    ["X-WR-CALNAME:\r\nNAME:Holidays", "Holidays"],
    ["NAME: ", null],
    ['NAME;LANGUAGE="de:Ferien', null],
  ])("is a name in %s", (line, name) => {
    expect(factsOf(line).name).toBe(name);
  });

  it.each([
    ["COLOR:turquoise", "#40e0d0"],
    ["COLOR:DarkSlateGrey", "#2f4f4f"],
    ["COLOR:#AABBCC", "#aabbcc"],
    ["X-APPLE-CALENDAR-COLOR:#FF2968FF", "#ff2968"],
    ["X-APPLE-CALENDAR-COLOR:#f26", "#ff2266"],
    ["COLOR:nothing\r\nX-APPLE-CALENDAR-COLOR:#010203", "#010203"],
    ["COLOR:url(javascript:x)", null],
    ["COLOR:#12345", null],
  ])("is a colour in %s", (line, color) => {
    expect(factsOf(line).color).toBe(color);
  });

  it.each([
    ["REFRESH-INTERVAL;VALUE=DURATION:PT12H", 720],
    ["X-PUBLISHED-TTL:PT60M", 60],
    ["X-PUBLISHED-TTL:P1W", 10_080],
    ["X-PUBLISHED-TTL:P400D", 10_080],
    ["X-PUBLISHED-TTL:PT90S", 2],
    ["REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT2H", 60],
    ["REFRESH-INTERVAL;VALUE=DURATION:soon\r\nX-PUBLISHED-TTL:PT2H", 120],
    ["X-PUBLISHED-TTL:PT0M", null],
    ["X-PUBLISHED-TTL:-PT1H", null],
  ])("is how often it wants to be read in %s", (line, minutes) => {
    expect(factsOf(line).refreshMinutes).toBe(minutes);
  });

  it("is taken from the first of several calendars that says it", () => {
    const text = calendar("COLOR:red") + calendar("NAME:Second", "COLOR:blue");
    expect(readWhole(text).facts).toMatchObject({ name: "Second", color: "#ff0000" });
  });
});
