import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import type { Counts } from "@/lib/sync/log";
import { aimCalendar, findRefusal, noteBindings, noteMirrored } from "./calendar-state";
import type { OpenCalendar } from "./copy";
import { perform } from "./perform";
import { putOffCalendar } from "./put-off";
import { beginReport, type Report } from "./report";
import { letGo, letGoUntouched, takeDue, type Work } from "./take";
import { watchForTrouble } from "./trouble";

const batch = 50;
// Others wait for their turn, too.
const deadlineMs = 30_000;

/**
 * Makes a calendar hold what belongs there (docs/mirror.md, "Pushing"), as far as that is due; a copy that fails is put
 * off, and holds up no other. What is left after half a minute is asked for again. `now` is when the push began.
 * @throws what nobody expected, once everything is noted
 */
export async function pushCalendar(calendarId: string, now: Date): Promise<Counts> {
  const endsAt = performance.now() + deadlineMs;
  await aimCalendar(calendarId);
  const run: Run = {
    open: once(() => openCalendar(calendarId)),
    report: beginReport(calendarId, now),
    now,
    isOver: () => performance.now() >= endsAt,
    judge: watchForTrouble(),
    unexpected: [],
  };
  const trouble = (await findRefusal(calendarId)) ?? (await pushDue(calendarId, run));
  if (trouble)
    for (const { bindingId, count } of await putOffCalendar(calendarId, trouble, now))
      run.report.leftOut(bindingId, trouble, count);
  await run.report.write();
  await noteBindings(calendarId, run.report.failures(), now);
  await noteMirrored(calendarId);
  if (run.isOver()) await askAgain(calendarId, now);
  if (run.unexpected.length > 0) throw run.unexpected[0];
  return run.report.total();
}

type Run = {
  open: () => Promise<OpenCalendar>;
  report: Report;
  now: Date;
  isOver: () => boolean;
  judge: (error: unknown) => AppError | null;
  unexpected: unknown[];
};

/** @returns what makes it useless to go on with this calendar */
async function pushDue(calendarId: string, run: Run): Promise<AppError | null> {
  while (!run.isOver()) {
    const works = await takeDue(calendarId, run.now, batch);
    if (works.length === 0) return null;
    const trouble = await pushBatch(works, run);
    if (trouble) return trouble;
  }
  return null;
}

/** One after the other: an account takes one request at a time. */
async function pushBatch(works: Work[], run: Run): Promise<AppError | null> {
  let done = 0;
  let trouble: AppError | null = null;
  try {
    for (const work of works) {
      if (trouble || run.isOver()) break;
      done += 1;
      const error = await perform(work, run);
      if (error && !(error instanceof AppError)) run.unexpected.push(error);
      trouble = run.judge(error);
    }
  } finally {
    await letGo(works.slice(0, done), run.now);
    await letGoUntouched(works.slice(done), run.now);
  }
  return trouble;
}

/** For what there was no time for. */
async function askAgain(calendarId: string, now: Date): Promise<void> {
  await database().execute(sql`
    select request_push(${calendarId}::uuid) where exists (
      select from appointment_targets
      where calendar_id = ${calendarId}::uuid and push_due_at <= ${now.toISOString()}::timestamptz)`);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
