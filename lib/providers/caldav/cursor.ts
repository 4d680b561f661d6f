import { createHash } from "node:crypto";
import { z } from "zod";

const schema = z.discriminatedUnion("kind", [
  /**
   * `atLeast`: how many objects there surely are. `seen`: fingerprints of objects in the state they were read in;
   * old ones stay until everything is read anew. Both only serve to doubt an answer (find-changes.ts).
   */
  z.object({
    version: z.literal(1),
    kind: z.literal("token"),
    token: z.string(),
    atLeast: z.number(),
    seen: z.string(),
  }),
  /** Servers without sync-collection; `etags` by the object's URL relative to its calendar. */
  z.object({
    version: z.literal(1),
    kind: z.literal("etags"),
    ctag: z.string().nullable(),
    etags: z.record(z.string(), z.string().nullable()),
  }),
]);

export type Cursor = z.infer<typeof schema>;
export type TokenCursor = Cursor & { kind: "token" };
export type EtagCursor = Cursor & { kind: "etags" };

/** Null for a cursor of another version or another provider: the calendar is then read anew. */
export function parseCursor(text: string | null): Cursor | null {
  try {
    return schema.parse(JSON.parse(text ?? "null"));
  } catch {
    return null;
  }
}

const fingerprintLength = 6;

/** A few characters for each object and its ETag; objects without one have none. */
export function fingerprintsOf(etags: ReadonlyMap<string, string | null>): string[] {
  const known = [...etags].filter(([, etag]) => etag !== null);
  return known.map(([url, etag]) => {
    return createHash("sha1").update(`${url} ${etag}`).digest("base64").slice(0, fingerprintLength);
  });
}

export function hasSeen({ seen }: TokenCursor, fingerprints: string[]): boolean {
  const all = new Set(seen.match(new RegExp(`.{${fingerprintLength}}`, "g")));
  return fingerprints.some((fingerprint) => all.has(fingerprint));
}
