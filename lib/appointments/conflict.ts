import { AppError } from "@/lib/errors";
import type { OccurrenceTime } from "@/lib/providers/provider";

/** What somebody can say about an appointment, or about one occurrence of it. */
export type Version = {
  title: string;
  description: string | null;
  location: string | null;
  projectId: string | null;
  time: OccurrenceTime;
  timeZone: string;
  recurrence: { rule: string } | null;
};

/** Somebody else changed it first. Nothing was written; both versions are here to choose from. */
export class AppointmentConflict extends AppError {
  constructor(
    /** As it would be with what was sent. */
    readonly yours: Version,
    /** As it is now. `revision` is what a second try has to name. */
    readonly current: Version & { revision: number },
  ) {
    super("conflict", "Somebody else has changed this appointment meanwhile. Nothing was saved.");
  }
}
