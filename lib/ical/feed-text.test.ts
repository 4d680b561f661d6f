import { describe, expect, it } from "vitest";
import { decodeFeed } from "./feed-text";

const sample = "BEGIN:VCALENDAR\r\nSUMMARY:Frühstück – heute ☕\r\n";
const latin = "BEGIN:VCALENDAR\r\nSUMMARY:Frühstück\r\n";
const utf8 = (text: string) => new TextEncoder().encode(text);
const octets = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return new Uint8Array(view.buffer);
}

describe("a feed is text", () => {
  it.each([
    ["in UTF-8", utf8(sample), null, sample],
    ["in UTF-8, as is said", utf8(sample), "text/calendar; charset=UTF-8", sample],
    ["in UTF-8, though the server says Latin 1", utf8(sample), 'text/calendar;charset="iso-8859-1"', sample],
    ["with a mark", utf8(`\uFEFF${sample}`), "text/calendar; charset=iso-8859-1", sample],
    ["in UTF-16, with a mark", utf16(`\uFEFF${sample}`, true), "text/calendar; charset=utf-8", sample],
    ["in UTF-16, the other way round", utf16(`\uFEFF${sample}`, false), null, sample],
    ["in UTF-16 without a mark", utf16(sample, true), null, sample],
    ["in UTF-16 without a mark, the other way round", utf16(sample, false), null, sample],
    ["in Latin 1, as is said", octets(latin), "text/calendar; charset=ISO-8859-1", latin],
    ["in Latin 1, which nobody says", octets(latin), null, latin],
    ["in Latin 1, though the server says UTF-8", octets(latin), "text/calendar; charset=utf-8", latin],
    ["in windows-1252", octets("A\x96B"), null, "A–B"],
    ["in another alphabet", octets("\xd0\xd2"), "text/calendar; charset=windows-1251", "РТ"],
    ["in an alphabet of two octets", octets("\x93\xfa\x96\x7b"), "text/calendar; charset=Shift_JIS", "日本"],
    ["in what nobody knows", utf8(sample), "text/calendar; charset=x-klingon", sample],
  ])("%s", (_, body, contentType, text) => {
    expect(decodeFeed(body, contentType)).toBe(text);
  });

  it.each(["\r\n ", "\n ", "\r ", "\r\n\t"])("folded in the middle of a character by %j", (fold) => {
    const [before = "", after = ""] = ["SUMMARY:Fr", "hstück"];
    const body = Uint8Array.from([...utf8(before), 0xc3, ...utf8(fold), 0xbc, ...utf8(after)]);
    expect(decodeFeed(body, null)).toBe("SUMMARY:Frühstück");
  });

  it("with a broken character among whole ones", () => {
    const body = Uint8Array.from([...utf8(sample), 0xff, ...utf8(sample)]);
    expect(decodeFeed(body, null)).toBe(`${sample}\uFFFD${sample}`);
  });
});
