import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalUrl, collectionUrl, lastSegment, linkedUrl, memberUrl } from "./address";

const calendar = "https://dav.example/ada/office/";

describe("memberUrl", () => {
  it.each([
    "/ada/office/sp%20ace%40x%2B%C3%A9.ics",
    "/ada/office/sp%20ace@x%2b%c3%a9.ics",
    "/ada/office/sp ace@x+é.ics",
    "https://dav.example/ada/office/sp%20ace%40x%2B%C3%A9.ics",
    "http://internal:8080/ada/office/sp%20ace%40x%2B%C3%A9.ics",
    " /ada/office/sp%20ace%40x%2B%C3%A9.ics\n",
  ])("spells %s one way", (href) => {
    expect(memberUrl(calendar, href)).toBe("https://dav.example/ada/office/sp%20ace%40x%2B%C3%A9.ics");
  });

  it("keeps an encoded slash inside its segment", () => {
    expect(memberUrl(calendar, "/ada/office/a%2Fb.ics")).toBe("https://dav.example/ada/office/a%2Fb.ics");
  });

  it.each(["%E9", "%e9"])("leaves what is not UTF-8 as it is, in one spelling: %s", (name) => {
    expect(memberUrl(calendar, `/ada/office/${name}.ics`)).toBe("https://dav.example/ada/office/%E9.ics");
  });

  it("takes an href from where it stands", () => {
    expect(memberUrl(calendar, "a.ics")).toBe("https://dav.example/ada/office/a.ics");
    expect(memberUrl(calendar, "../office/a.ics")).toBe("https://dav.example/ada/office/a.ics");
  });

  it("finds every name again", () => {
    const names = fc
      .string({ unit: "grapheme-composite", minLength: 1 })
      .filter((name) => name !== "." && name !== "..");
    fc.assert(
      fc.property(names, (name) => {
        const url = memberUrl(calendar, `/ada/office/${encodeURIComponent(name)}`);
        expect(lastSegment(url)).toBe(name);
        expect(canonicalUrl(url)).toBe(url);
      }),
    );
  });
});

describe("linkedUrl", () => {
  it("follows a home set to another host, never without encryption", () => {
    const home = "https://p07-caldav.icloud.com/12/calendars/";
    expect(linkedUrl("https://caldav.icloud.com/", home)).toBe(home);
    expect(linkedUrl("https://dav.example/", "http://dav.example/ada")).toBe("https://dav.example/ada/");
  });
});

it("ends a collection with a slash", () => {
  expect(collectionUrl("https://dav.example/ada@x/work")).toBe("https://dav.example/ada%40x/work/");
});
