import { type GoneReason, gone, invalid } from "../errors";
import type { Google } from "../google";

/** What a sync token remembers. `made` is its place in time, so that all before some moment can be ended. */
export type SyncToken = {
  of: string;
  seq: number;
  made: number;
  singleEvents: boolean;
  /** null stands for no bound. */
  from: number | null;
  to: number | null;
};

/** Base64 with `=`, and now and then `+` and `/`, like Google's: it must be encoded in an address. */
export function writeSyncToken(google: Google, token: Omit<SyncToken, "made">): string {
  google.state.counter += 1;
  return Buffer.from(JSON.stringify({ ...token, made: google.state.counter })).toString("base64");
}

type Wanted = {
  of: string;
  /** How many changes there have been: a token that knows more is from another past. */
  changes: number;
  ended: { upTo: number; reason: GoneReason } | null;
};

/** @throws Refusal 400 for what is no token of this list, 410 for one that has ended */
export function readSyncToken(text: string, wanted: Wanted): SyncToken {
  const token = parse(text);
  if (!token || token.of !== wanted.of) throw invalid("Invalid sync token value.", "syncToken");
  if (token.seq > wanted.changes) throw gone("fullSyncRequired", "syncToken");
  if (wanted.ended && token.made <= wanted.ended.upTo) throw gone(wanted.ended.reason, "syncToken");
  return token;
}

function parse(text: string): SyncToken | null {
  try {
    const token = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
    return typeof token?.made === "number" ? token : null;
  } catch {
    return null;
  }
}
