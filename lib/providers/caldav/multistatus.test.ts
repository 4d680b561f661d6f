import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMultistatus, textOf } from "./multistatus";
import { escapeXml } from "./xml";

const url = "https://dav.example/ada/work/";

function multistatus(content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><d:multistatus xmlns:d="DAV:">${content}</d:multistatus>`;
}

function named(displayname: string): string {
  const prop = `<d:propstat><d:prop><d:displayname>${displayname}</d:displayname></d:prop>`;
  return multistatus(
    `<d:response><d:href>/a/</d:href>${prop}<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
  );
}

const nameIn = async (xml: string) => textOf((await readMultistatus(xml, url)).rows[0]?.props.displayname);

describe("readMultistatus", () => {
  it.each(["2024", "1.50", "1e5", "-0", "true", "FALSE", "007", "x>5", "99999999999999999999"])(
    "leaves the text %s alone",
    async (text) => {
      expect(await nameIn(named(escapeXml(text)))).toBe(text);
    },
  );

  it("returns any text", async () => {
    const texts = fc.string({ unit: "grapheme-composite", minLength: 1 }).filter((text) => {
      return text === text.trim() && !/[\p{Cc}\uE000\uFEFF]/u.test(text);
    });
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await nameIn(named(escapeXml(text)))).toBe(text);
        const cdata = `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
        expect(await nameIn(named(cdata))).toBe(text);
      }),
    );
  });

  it("joins text, CDATA and comments", async () => {
    expect(await nameIn(named("one &amp; <![CDATA[<two> & ]]><!-- no <![CDATA[ -->three"))).toBe(
      "one & <two> & three",
    );
  });

  it("reads the sync token and rows that have only a status", async () => {
    const gone =
      "<d:response><d:href>/ada/work/a%20b.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>";
    expect(await readMultistatus(multistatus(`${gone}<d:sync-token>1.0</d:sync-token>`), url)).toEqual({
      rows: [{ url: "https://dav.example/ada/work/a%20b.ics", status: 404, props: {} }],
      syncToken: "1.0",
    });
  });

  it("leaves out properties that were not found", async () => {
    const xml = named("x").replace("200 OK", "404 Not Found");
    expect((await readMultistatus(xml, url)).rows).toEqual([
      { url: "https://dav.example/a/", status: 207, props: {} },
    ]);
  });

  it("takes a multistatus without rows for what it is", async () => {
    expect(await readMultistatus(multistatus(""), url)).toEqual({ rows: [], syncToken: null });
    expect((await readMultistatus('<multistatus xmlns="DAV:"/>', url)).rows).toEqual([]);
  });

  it.each([
    ["a page", "<html><body>Please sign in</body></html>"],
    ["text", "OK"],
    ["nothing", ""],
    ["JSON", "{}"],
    ["another XML", '<?xml version="1.0"?><error xmlns="DAV:"/>'],
    ["half an answer", named("x").slice(0, -20)],
    ["an answer cut inside CDATA", named("<![CDATA[x").slice(0, -80)],
    [
      "undeclared entities",
      named("&xxe;").replace("?>", '?><!DOCTYPE d [<!ENTITY xxe SYSTEM "file:///x">]>'),
    ],
  ])("refuses %s", async (_name, xml) => {
    await expect(readMultistatus(xml, url)).rejects.toMatchObject({
      code: "unavailable",
      message: "dav.example did not answer the way a CalDAV server does.",
    });
  });

  it("is quick about hostile input", async () => {
    const started = performance.now();
    const parts = [
      "<!--",
      "<![CDATA[",
      "<a ",
      "<a>",
      "</a>",
      "<a></b>",
      "& ",
      "9",
      '"',
      "<a b=",
      "<!DOCTYPE ",
    ];
    for (const part of parts) await readMultistatus(named(part.repeat(200_000)), url).catch(() => {});
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});
