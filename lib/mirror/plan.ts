import type { RemoteRef } from "@/lib/providers/provider";

/** A copy as we know it: columns of a target. */
export type KnownCopy = {
  remoteId: string | null;
  etag: string | null;
  pushedHash: string | null;
  divergedAt: Date | null;
  removedAt: Date | null;
};

export type Action =
  /** Put as new. */
  | { kind: "create" }
  /** Put over exactly that version. */
  | { kind: "update"; previous: RemoteRef }
  /** Take the copy away, then the target. */
  | { kind: "delete" }
  /** Nothing was ever tried, so there is nothing to take away. */
  | { kind: "forget" }
  /** It says what ours says. */
  | { kind: "nothing" }
  /** Somebody changed it: the run that settles it writes it, too (lib/sync/reconcile). */
  | { kind: "leave" };

/**
 * The table in docs/mirror.md, "Pushing".
 * @param ours hash of what the copy should say; null when there is to be none
 */
export function planTarget(known: KnownCopy, ours: string | null): Action {
  const { remoteId, etag, pushedHash } = known;
  if (ours === null || known.removedAt)
    return remoteId === null && pushedHash === null ? { kind: "forget" } : { kind: "delete" };
  if (known.divergedAt) return { kind: "leave" };
  // Where something was tried since, it is not certain what lies there.
  if (pushedHash === ours) return { kind: "nothing" };
  return remoteId === null ? { kind: "create" } : { kind: "update", previous: { id: remoteId, etag } };
}
