import type { z } from "zod";
import { decrypt, encrypt } from "@/lib/crypto";
import { env } from "@/lib/env";

const ttlSeconds = 600;

/** What goes through a browser and comes back: unreadable there, and not to be made there. Good for ten minutes. */
export function sealNote(kind: string, note: object): string {
  return encrypt(JSON.stringify({ kind, note }), env().FERNET_KEYS);
}

/** The note of this kind; null where there is none, or it is too old, or not ours. */
export function findNote<T>(
  { kind, schema }: { kind: string; schema: z.ZodType<T> },
  sealed: string | undefined,
  now: Date,
): T | null {
  if (!sealed) return null;
  try {
    const opened = JSON.parse(decrypt(sealed, env().FERNET_KEYS, { now, ttlSeconds }));
    return opened.kind === kind ? schema.parse(opened.note) : null;
  } catch {
    return null;
  }
}
