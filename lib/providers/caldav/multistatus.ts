import { davRequest } from "tsdav";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { findUrl } from "@/lib/url";
import { memberUrl } from "./address";
import { isWellFormed, joinTexts } from "./xml";

/** One response of a multistatus (RFC 4918 §14.24). `props` holds only what was found, names in camelCase. */
export type Row = { url: string; status: number; props: Record<string, unknown> };
export type Multistatus = { rows: Row[]; syncToken: string | null };

// tsdav turns "2024" into a number, "true" into a boolean and "1e5" into 100000, also in names, tags and tokens.
// A character of the private use area in front keeps them texts; `textOf` takes it away again.
const keep = "\uE000";

const davRow = z.object({
  href: z.unknown().optional(),
  status: z.number(),
  props: z.record(z.string(), z.unknown()).default({}),
  raw: z.object({ multistatus: z.object({ syncToken: z.unknown().optional() }).loose().or(z.string()) }),
});

/** @throws AppError unavailable when `xml` is anything but a whole multistatus: a portal's page, half an answer */
export async function readMultistatus(xml: string, url: string): Promise<Multistatus> {
  const text = joinTexts(xml);
  if (!isWellFormed(text)) throw notCaldav(url);
  const answer = new Response(keepTexts(text), { status: 207, headers: { "content-type": "text/xml" } });
  const parsed = z
    .array(davRow)
    .safeParse(
      await davRequest({ url, init: { method: "PROPFIND", body: null }, fetch: async () => answer }),
    );
  if (!parsed.success) throw notCaldav(url);
  const rows = parsed.data.flatMap(({ href, status, props }) =>
    allOf(href).flatMap((one) => {
      const text = textOf(one)?.trim() ?? null;
      if (text !== null && !findUrl(text, url)) throw notCaldav(url);
      return text === null ? [] : [{ url: memberUrl(url, text), status, props }];
    }),
  );
  const multistatus = parsed.data[0]?.raw.multistatus;
  return { rows, syncToken: typeof multistatus === "object" ? textOf(multistatus.syncToken) : null };
}

export function notCaldav(url: string): AppError {
  return new AppError("unavailable", `${new URL(url).hostname} did not answer the way a CalDAV server does.`);
}

/** The text of a property; null when it is missing or empty. */
export function textOf(value: unknown): string | null {
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (typeof text !== "string") return null;
  return (text.startsWith(keep) ? text.slice(1) : text) || null;
}

/** What a parsed property holds under `name`; undefined when it is missing. */
export function childOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** One element is parsed as itself, several of one name as an array. */
export function allOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function keepTexts(xml: string): string {
  const opening = /(<[\w:.-]+(?:\s[^<>]*)?>\s*)(?=(?:-?\d[\d.]*(?:e[+-]?\d+)?|true|false)\s*<)/gi;
  return xml.replace(opening, `$1${keep}`);
}
