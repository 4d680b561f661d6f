import { randomUUID } from "node:crypto";
import type { Transaction } from "@/db/client";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { type EventTypeForm, eventTypeForm, findContradictions } from "./schema";
import { loadSurroundings } from "./surroundings";

type Asked = { input: unknown; now: Date /** The event type being changed. */; id?: string };

/**
 * What a form says about an event type, as the table keeps it. Hints do not stand in the way.
 * @throws AppError invalid or conflict, naming the field
 */
export async function readEventType(tx: Transaction, viewer: Viewer, { input, now, id }: Asked) {
  const values = parseInput(eventTypeForm, input);
  const surroundings = await loadSurroundings(tx, viewer, { now, ...(id && { except: id }) });
  const schedule = surroundings.schedules.find(({ id: known, isDefault }) =>
    values.scheduleId ? known === values.scheduleId : isDefault,
  );
  if (!schedule) throw new AppError("invalid", "Choose one of your schedules.", { field: "scheduleId" });
  const [problem] = findContradictions(values, surroundings).filter(({ tone }) => tone !== "hint");
  if (problem)
    throw new AppError(problem.field === "slug" ? "conflict" : "invalid", problem.message, {
      field: problem.field,
    });
  return { ...tidy(values), scheduleId: schedule.id };
}

/** Without what the choices made leave no use for. */
function tidy(values: EventTypeForm) {
  const isRange = values.bookingWindowKind === "date_range";
  return {
    ...values,
    location: values.locationKind === "visitor_phone" ? null : values.location,
    otherDurations: values.otherDurations.toSorted((one, other) => one - other),
    reminderMinutes: values.reminderMinutes.toSorted((one, other) => other - one),
    windowFirstDay: isRange ? values.windowFirstDay : null,
    windowLastDay: isRange ? values.windowLastDay : null,
    questions: values.questions.map(({ id, options, ...question }) => ({
      ...question,
      id: id ?? randomUUID(),
      options: question.kind === "choice" ? options : [],
    })),
  };
}
