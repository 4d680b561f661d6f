import { hashOf, isSameTime, type Meaning, meaningOf } from "@/lib/mirror/meaning";
import type { RemoteCopy } from "@/lib/providers/provider";

/** A copy that is no longer what we last wrote or read of it, and all that says whose word counts. */
export type Situation = {
  /** What would be pushed now, and since when it says that. */
  ours: Meaning & { time: { kind: "timed" } };
  oursChangedAt: Date;
  /** A booking has a visitor; an appointment is the host's alone. */
  isBooking: boolean;
  /** What was pushed last, and when; null when nothing certainly was. `possible`: also what may have arrived since. */
  pushed: { certain: string | null; possible: string[]; at: Date | null };
  /** As it was just read; null: it is in no calendar of the host's that is read. */
  copy: (Meaning & Pick<RemoteCopy, "isRecurring" | "updatedAt">) | null;
  /** It was known to lie somewhere, so that one that is nowhere was taken away. */
  wasThere: boolean;
  /** When the difference was noticed. */
  seenAt: Date;
  now: Date;
};

/** Why a change cannot be followed. `booking`: another one holds the time; only the database knows that. */
export type Refusal = "booking" | "past" | "all_day" | "repeats" | "no_length";

/** `loser` is the side whose change is overruled, and is kept in the log; null when only one side had changed. */
export type Decision =
  /** It says what we say. */
  | { kind: "adopt" }
  /** Only ours changed, or it never arrived: ours is written. */
  | { kind: "deliver" }
  | { kind: "apply"; loser: "ours" | null }
  | { kind: "cancel" }
  /** Ours is the newer word and is written over theirs. */
  | { kind: "keep"; loser: "theirs" }
  /** Theirs cannot be, so ours is written over it, and the host is told. */
  | { kind: "refuse"; because: Refusal; loser: "theirs" }
  /** The meeting is over. */
  | { kind: "leave" };

/** The table in docs/sync.md, "A copy that changed". */
export function planReconcile(situation: Situation): Decision {
  const { ours, copy, pushed, wasThere, now } = situation;
  const ourHash = hashOf(ours);
  const theirHash = copy && !copy.isRecurring ? hashOf(copy) : null;
  if (theirHash === ourHash) return { kind: "adopt" };
  if (ours.time.endsAt <= now) return { kind: "leave" };
  const isOursChanged = ourHash !== pushed.certain;
  if (!copy) {
    if (!wasThere) return { kind: "deliver" };
    // We last saw it when we last wrote it, or later; what we changed since then is wanted there.
    return isOursChanged ? { kind: "keep", loser: "theirs" } : { kind: "cancel" };
  }
  if (theirHash !== null && pushed.possible.includes(theirHash)) return { kind: "deliver" };
  if (isOursChanged && situation.oursChangedAt > saidAt(situation, copy))
    return { kind: "keep", loser: "theirs" };
  const because = findRefusal(situation, { ...copy, time: meaningOf(copy).time });
  if (because) return { kind: "refuse", because, loser: "theirs" };
  return { kind: "apply", loser: isOursChanged ? "ours" : null };
}

// A push takes seconds, and its copy is stamped when it ends.
const ownStampMs = 60_000;

/**
 * When they changed it. That was after we wrote it and before we noticed, whatever their clock says; and an app may
 * leave our own stamp on what it changes.
 */
function saidAt({ pushed, seenAt }: Situation, { updatedAt }: Pick<RemoteCopy, "updatedAt">): Date {
  if (!updatedAt || updatedAt > seenAt) return seenAt;
  const isOwnStamp = pushed.at !== null && updatedAt.getTime() <= pushed.at.getTime() + ownStampMs;
  return isOwnStamp ? seenAt : updatedAt;
}

/** Times are moments of one meeting; one that has begun may still be made longer or shorter. */
function findRefusal(
  { ours, isBooking, now }: Situation,
  { time, isRecurring }: Pick<RemoteCopy, "time" | "isRecurring">,
): Refusal | null {
  if (isRecurring) return "repeats";
  if (time.kind === "allDay") return "all_day";
  if (time.startsAt >= time.endsAt) return "no_length";
  const isMoved = !isSameTime(time, ours.time) && time.startsAt.getTime() !== ours.time.startsAt.getTime();
  return isBooking && isMoved && time.startsAt <= now ? "past" : null;
}
