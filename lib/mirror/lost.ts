import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments } from "@/db/schema";
import type { RemoteCopy } from "@/lib/providers/provider";
import { noChange, writeRun } from "@/lib/sync/log";
import type { ReconcileDetail } from "@/lib/sync/reconcile-detail";
import { versionOf } from "@/lib/sync/reconcile-outcome";
import type { Target } from "./copy";
import { hashOf } from "./meaning";
import { readPushed } from "./pushed";

/** It says what we wrote there, or tried to. */
export function isOurs(copy: RemoteCopy, { pushedHash }: Pick<Target, "pushedHash">): boolean {
  return (
    copy.isRecurring === Boolean(copy.recurrence) && readPushed(pushedHash).possible.includes(hashOf(copy))
  );
}

type Lost = { calendarId: string; target: Target; copy: RemoteCopy; now: Date };

/** Keeps a version that somebody else wrote, and that is about to be deleted, where they can find it. */
export async function keepLost({ calendarId, target, copy, now }: Lost): Promise<void> {
  const detail: ReconcileDetail = {
    title: copy.title,
    ...(await findOwner(target)),
    isDeleted: false,
    outcome: "removed",
    because: null,
    isElsewhere: calendarId !== target.calendarId,
    lost: { side: "calendar", says: versionOf(copy) },
  };
  const outcome = { status: "ok" as const, ...noChange, processed: 1, detail };
  const { bindingId } = target;
  await writeRun({ calendarId, bindingId, operation: "reconcile", now, durationMs: 0, outcome });
}

async function findOwner({
  appointmentId,
}: Target): Promise<Pick<ReconcileDetail, "bookingId" | "projectId">> {
  const [appointment] = await database()
    .select({ bookingId: appointments.bookingId, projectId: appointments.projectId })
    .from(appointments)
    .where(appointmentId === null ? sql`false` : eq(appointments.id, appointmentId));
  return appointment ?? { bookingId: null, projectId: null };
}
