import { z } from "zod";

const schema = z.discriminatedUnion("kind", [
  /** `atLeast`: how many objects there surely are; see `namesEverything`. */
  z.object({ version: z.literal(1), kind: z.literal("token"), token: z.string(), atLeast: z.number() }),
  /** Servers without sync-collection; `etags` by the object's URL relative to its calendar. */
  z.object({
    version: z.literal(1),
    kind: z.literal("etags"),
    ctag: z.string().nullable(),
    etags: z.record(z.string(), z.string().nullable()),
  }),
]);

export type Cursor = z.infer<typeof schema>;

/** Null for a cursor of another version or another provider: the calendar is then read anew. */
export function parseCursor(text: string | null): Cursor | null {
  try {
    return schema.parse(JSON.parse(text ?? "null"));
  } catch {
    return null;
  }
}
