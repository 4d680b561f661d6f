import { setImmediate as nextTurn } from "node:timers/promises";
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

// Of hundreds of thousands of events: whoever waits for something else gets it in between.
const sliceLength = 5_000;

export async function versionsIn({ events }: Pick<Cursor, "events">): Promise<Versions> {
  const versions: Versions = {};
  const lines = events.split("\n");
  for (let at = 0; at < lines.length; at += sliceLength) {
    await nextTurn();
    for (const line of lines.slice(at, at + sliceLength)) {
      const [id, etag = ""] = line.split(" ");
      if (id) versions[id] = etag;
    }
  }
  return versions;
}

export async function linesOf(versions: Versions): Promise<string> {
  const ids = Object.keys(versions);
  const slices: string[] = [];
  for (let at = 0; at < ids.length; at += sliceLength) {
    await nextTurn();
    const lines = ids.slice(at, at + sliceLength).map((id) => `${id} ${versions[id]}`);
    slices.push(lines.join("\n"));
  }
  return slices.join("\n");
}
