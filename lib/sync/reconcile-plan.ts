import { hashOf, type Meaning, meaningOf } from "@/lib/mirror/meaning";
import type { RemoteCopy } from "@/lib/providers/provider";

/** A copy that is no longer what we last wrote or read of it, and all that says whose word counts. */
export type Situation = {
  /** What would be pushed now, and since when it says that. */
  ours: Meaning;
  oursChangedAt: Date;
  /** When ours is over, the last time if it repeats; null: never. */
  oursEndsAt: Date | null;
  /** A booking has a visitor, and takes place once at a time. */
  isBooking: boolean;
  /** The host whose calendar it is may change ours. */
  mayEdit: boolean;
  /** What was pushed last, and when; null when nothing certainly was. `possible`: also what may have arrived since. */
  pushed: { certain: string | null; possible: string[]; at: Date | null };
  /** As it was just read; null: it is in no calendar of the host's that is read. */
  copy: (Meaning & Pick<RemoteCopy, "isRecurring" | "updatedAt">) | null;
  /** It lies in another calendar than the one it belongs in: only the copy of a booking may go where it likes. */
  isAstray: boolean;
  /** It was known to lie somewhere, so that one that is nowhere was taken away. */
  wasThere: boolean;
  /** It vanished together with most others of its calendar. */
  vanishedInBulk: boolean;
  /** When the difference was noticed. */
  seenAt: Date;
  now: Date;
};

/**
 * Why a change cannot be followed. `booking`: another one holds the time, `rule`: nobody can work out how it repeats;
 * only whoever applies it finds out.
 */
export type Refusal =
  | "not_allowed"
  | "booking"
  | "past"
  | "all_day"
  | "repeats"
  | "rule"
  | "no_length"
  | "bulk"
  | "astray";

/** `loser` is the side whose change is overruled, and is kept in the log; null when only one side had changed. */
export type Decision =
  /** It says what we say. */
  | { kind: "adopt" }
  /** Only ours changed, or it never arrived: ours is written. */
  | { kind: "deliver" }
  | { kind: "apply"; loser: "ours" | null }
  /** It was deleted there: a booking is called off, an appointment goes; what it said is kept in the log. */
  | { kind: "cancel"; loser: "ours" }
  /** Ours is the newer word and is written over theirs. */
  | { kind: "keep"; loser: "theirs" }
  /** Theirs cannot be, so ours is written over it, and the host is told. */
  | { kind: "refuse"; because: Refusal; loser: "theirs" }
  /** The meeting is over. */
  | { kind: "leave" };

/** The table in docs/sync.md, "A copy that changed". */
export function planReconcile(situation: Situation): Decision {
  const { ours, copy, pushed, isAstray } = situation;
  if (!copy) return planForNone(situation);
  if (isAstray) return isOver(situation) ? { kind: "leave" } : refuse("astray");
  const ourHash = hashOf(ours);
  const theirHash = isSayable(copy) ? hashOf(copy) : null;
  if (theirHash === ourHash) return { kind: "adopt" };
  if (isOver(situation) && (situation.isBooking || isOverThere(situation, copy))) return { kind: "leave" };
  if (theirHash !== null && pushed.possible.includes(theirHash)) return { kind: "deliver" };
  if (!situation.mayEdit) return refuse("not_allowed");
  const isOursChanged = ourHash !== pushed.certain;
  if (isOursChanged && situation.oursChangedAt > saidAt(situation, copy))
    return { kind: "keep", loser: "theirs" };
  const because = findRefusal(situation, { ...copy, time: meaningOf(copy).time });
  if (because) return refuse(because);
  return { kind: "apply", loser: isOursChanged ? "ours" : null };
}

function planForNone(situation: Situation): Decision {
  const { ours, pushed, wasThere, mayEdit, vanishedInBulk } = situation;
  // It never certainly arrived, or it was us who took it away.
  if (!wasThere || pushed.certain === null) return { kind: "deliver" };
  if (isOver(situation)) return { kind: "leave" };
  // We last saw it when we last wrote it, or later; what we changed since then is wanted there.
  if (hashOf(ours) !== pushed.certain) return { kind: "keep", loser: "theirs" };
  if (vanishedInBulk) return refuse("bulk");
  return mayEdit ? { kind: "cancel", loser: "ours" } : refuse("not_allowed");
}

const refuse = (because: Refusal): Decision => ({ kind: "refuse", because, loser: "theirs" });

const isOver = ({ oursEndsAt, now }: Situation): boolean => oursEndsAt !== null && oursEndsAt <= now;

/** What was put off after it was over takes place once more; of a series nobody knows without working it out. */
function isOverThere({ now }: Situation, { time, isRecurring }: NonNullable<Situation["copy"]>): boolean {
  if (isRecurring) return false;
  return time.kind === "timed" ? time.endsAt <= now : new Date(`${time.endDay}T00:00:00Z`) <= now;
}

/** In words of ours. */
const isSayable = ({ isRecurring, recurrence }: NonNullable<Situation["copy"]>): boolean =>
  isRecurring === Boolean(recurrence);

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

/**
 * Times are moments of one meeting, an appointment may also be days, or repeat. A meeting that has begun may still be
 * made longer or shorter; where nobody is invited, it may be entered for the past, too.
 */
function findRefusal(situation: Situation, copy: NonNullable<Situation["copy"]>): Refusal | null {
  const { time } = copy;
  if (!isSayable(copy)) return "repeats";
  if (time.kind === "timed" ? time.startsAt >= time.endsAt : time.startDay >= time.endDay) return "no_length";
  return situation.isBooking ? findRefusalOfMeeting(situation, copy) : null;
}

function findRefusalOfMeeting(
  { ours, now }: Situation,
  { time, isRecurring }: NonNullable<Situation["copy"]>,
): Refusal | null {
  if (isRecurring) return "repeats";
  if (time.kind === "allDay") return "all_day";
  const { time: before } = meaningOf(ours);
  const isMoved = before.kind === "allDay" || time.startsAt.getTime() !== before.startsAt.getTime();
  return isMoved && time.startsAt <= now ? "past" : null;
}
