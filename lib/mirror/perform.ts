import { and, eq, isNull } from "drizzle-orm";
import { database } from "@/db/client";
import { appointmentTargets } from "@/db/schema";
import type { RemoteRef } from "@/lib/providers/provider";
import { markTargetDiverged } from "@/lib/sync/diverged";
import { type Appointment, isConflict, type OpenCalendar, putCopy, type Target } from "./copy";
import { draftOf } from "./draft";
import { hashOf } from "./meaning";
import { planTarget } from "./plan";
import { leaveToReconcile, markDone, putOff } from "./put-off";
import { forgetTarget, removeCopy } from "./remove";
import type { Change, Report } from "./report";
import type { Work } from "./take";

type Run = { open: () => Promise<OpenCalendar>; report: Report; now: Date };

/**
 * Does what is planned for one target that we have, and reports it.
 * @returns what went wrong, after putting it off; null when nothing did
 */
export async function perform(work: Work, { open, report, now }: Run): Promise<unknown> {
  const { bindingId } = work.target;
  try {
    const done = await carryOut(work, open, now);
    if (done !== "nothing") report.did(bindingId, done === "conflict" ? null : done);
    return null;
  } catch (error) {
    report.failed(bindingId, error);
    await putOff(work.target, error, now);
    return error;
  }
}

type Done = Change | "conflict" | "nothing";

async function carryOut({ target, appointment }: Work, open: Run["open"], now: Date): Promise<Done> {
  const ours = appointment && hashOf(draftOf(appointment, target));
  const action = planTarget(target, ours);
  if (ours === null) await sendAway(target, now);
  switch (action.kind) {
    case "create":
      return put({ target, appointment, previous: undefined }, open, now);
    case "update":
      return put({ target, appointment, previous: action.previous }, open, now);
    case "delete":
      await removeCopy(target, await open(), now);
      return "deleted";
    case "forget":
      await forgetTarget(target);
      return "nothing";
    case "nothing":
      await markDone(target, now);
      return "nothing";
    case "leave":
      await leaveToReconcile(target, now);
      return "nothing";
  }
}

type Put = { target: Target; appointment: Appointment | null; previous: RemoteRef | undefined };

/** What somebody changed there is not overwritten, but settled first. */
async function put({ target, appointment, previous }: Put, open: Run["open"], now: Date): Promise<Done> {
  if (!appointment) return "nothing";
  try {
    await putCopy(target, appointment, previous, now, await open());
    return previous ? "updated" : "created";
  } catch (error) {
    if (!isConflict(error)) throw error;
    await database().transaction((tx) => markTargetDiverged(tx, target.id, now));
    await leaveToReconcile(target, now);
    return "conflict";
  }
}

/** Its booking is off, whoever forgot to say so. */
async function sendAway({ id }: Target, now: Date): Promise<void> {
  const isWanted = and(eq(appointmentTargets.id, id), isNull(appointmentTargets.removedAt));
  await database().update(appointmentTargets).set({ removedAt: now }).where(isWanted);
}
