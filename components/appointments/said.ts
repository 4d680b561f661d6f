import type { Appointment } from "@/lib/appointments/view";
import type { Conflict } from "./calendar-actions";
import { type Draft, draftOf } from "./draft";
import { storedTime } from "./times";

/** An appointment, or one occurrence of it, as the form shows it. */
export function draftOfAppointment({ project, time, recurrence, ...words }: Appointment): Draft {
  return draftOf({
    ...words,
    projectId: project?.id ?? null,
    time: storedTime(time),
    rule: recurrence?.rule ?? null,
  });
}

export function draftOfVersion({ time, recurrence, ...words }: Conflict["yours"]): Draft {
  return draftOf({ ...words, time: storedTime(time), rule: recurrence?.rule ?? null });
}
