import { z } from "zod";

const schema = z.object({
  version: z.literal(1),
  /** What the next request names, so that a feed that is still the same need not be sent. */
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** SHA-256 of the body: many servers know nothing of conditional requests. */
  digest: z.string(),
  /** A line `id etag` for each event. As members of an object a hundred thousand of them take ten times as long. */
  events: z.string(),
});

export type Cursor = z.infer<typeof schema>;
export type Validators = Pick<Cursor, "etag" | "lastModified">;

/** id → etag; an event that could not be used in its last version has "", which is none. */
export type Versions = Record<string, string>;

/** Null for a cursor of another version or another provider: everything is then read. */
export function parseCursor(text: string | null): Cursor | null {
  try {
    return schema.parse(JSON.parse(text ?? "null"));
  } catch {
    return null;
  }
}

export const cursorText = (cursor: Cursor): string => JSON.stringify(cursor);

export function versionsIn({ events }: Pick<Cursor, "events">): Versions {
  const versions: Versions = {};
  for (const line of events.split("\n")) {
    const [id, etag = ""] = line.split(" ");
    if (id) versions[id] = etag;
  }
  return versions;
}

export function linesOf(versions: Versions): string {
  const lines: string[] = [];
  for (const id in versions) lines.push(`${id} ${versions[id]}`);
  return lines.join("\n");
}
