import { AppointmentConflict, type Version } from "./conflict";
import type { Occurrence } from "./plan";
import { seriesOf } from "./row";
import type { Patch } from "./schema";
import { findShown, isRepeating, type Series } from "./series";
import type { AppointmentRow } from "./view";

type Asked = { revision: number; patch: Patch; occurrence?: Occurrence | undefined };

/** @throws AppointmentConflict with both versions, when what was changed is not what it is now */
export function refuseOlder(row: AppointmentRow, { revision, patch, occurrence }: Asked): void {
  if (row.revision === revision) return;
  const current = { ...versionOf(seriesOf(row), occurrence), revision: row.revision };
  throw new AppointmentConflict(mine(current, patch), current);
}

/** As it is now; of an occurrence that is still there, what it says. */
function versionOf(series: Series, occurrence: Occurrence | undefined): Version {
  const { title, description, location, time, projectId, timeZone, recurrence } = series;
  return {
    ...{ title, description, location, time, projectId, timeZone },
    recurrence: recurrence && { rule: recurrence.rule },
    ...(occurrence && wordsAt(series, occurrence.key)),
  };
}

function wordsAt(series: Series, occurrenceKey: string) {
  const shown = isRepeating(series) ? findShown(series, occurrenceKey) : null;
  return (
    shown && {
      title: shown.title,
      description: shown.description,
      location: shown.location,
      time: shown.time,
    }
  );
}

function mine({ revision, ...current }: Version & { revision: number }, patch: Patch): Version {
  const said = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...current, ...Object.fromEntries(said) };
}
