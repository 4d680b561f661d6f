import { createHash } from "node:crypto";
import { findPosition, type Repeating, timeAt } from "@/lib/ical/expand-recurrence";
import type { EventDraft, OccurrenceTime } from "@/lib/providers/provider";
import type { RecurrenceException, StoredRecurrence } from "@/lib/providers/recurrence";
import { type Kept, keyOfWords, type Says, storedTime } from "./kept";
import { compact, readLines } from "./rules";

type Words = Pick<EventDraft, "title" | "description" | "location">;
export type Series = Words & { time: OccurrenceTime; timeZone: string };

/** A rule and what is kept beside it, as one; null where one rule with exceptions cannot say it. */
export function readSeries(series: Series, lines: string[], kept: Kept[]): StoredRecurrence | null {
  const written = readLines(lines, series.time, series.timeZone);
  if (!written) return null;
  const exceptions = new Map(written.exceptions.map((exception) => [exception.key, exception]));
  for (const { key, says, isMarked } of kept) {
    const usual = saysAt(series, written, key);
    // What an earlier rule had, or what is off by EXDATE, has no place.
    if (!usual || exceptions.has(key)) continue;
    if (says && !isMarked && keyOfWords(says) === keyOfWords(usual)) continue;
    exceptions.set(key, { key, says });
  }
  return { rule: written.rule, exceptions: sorted([...exceptions.values()]) };
}

const sorted = (exceptions: RecurrenceException[]) =>
  exceptions.sort((one, other) => (one.key < other.key ? -1 : 1));

/** What the series says of the occurrence with that key; null when it has none. */
function saysAt(series: Series, recurrence: StoredRecurrence, key: string): Says | null {
  const { title, description, location, time, timeZone } = series;
  const repeating: Repeating = { time, timeZone, recurrence };
  const position = findPosition(repeating, key);
  if (position === null) return null;
  return { title, description, location, time: storedTime(timeAt(position, time, timeZone)) };
}

/** How an instance is to be: an exception, or what the series says. `etag` null: Google does not keep it yet. */
export type Instance = Pick<Kept, "id" | "etag" | "isMarked"> & { says: Says };

/** What is to be written for the instances to be what the draft says, once the series itself is. */
export function planInstances(
  seriesId: string,
  draft: EventDraft & { recurrence: StoredRecurrence },
  kept: Kept[],
): Instance[] {
  const keptAt = new Map(kept.map((one) => [one.key, one]));
  const exceptions = new Map(draft.recurrence.exceptions.map(({ key, says }) => [key, says]));
  const keys = [...new Set([...exceptions.keys(), ...keptAt.keys()])].sort();
  return keys.flatMap((key) => {
    const exception = exceptions.get(key);
    const usual = saysAt(draft, draft.recurrence, key);
    // Off by EXDATE, or nowhere by this rule.
    if (exception === null || !usual) return [];
    const [says, isMarked] = exception ? [exception, true] : [usual, false];
    const now = keptAt.get(key);
    if (now?.says && now.isMarked === isMarked && keyOfWords(now.says) === keyOfWords(says)) return [];
    return [{ id: now?.id ?? instanceId(seriesId, key), etag: now?.etag ?? null, says, isMarked }];
  });
}

export const hasOverrides = ({ recurrence }: EventDraft): boolean =>
  recurrence?.exceptions.some(({ says }) => says !== null) ?? false;

/** As Google names the instances of a series; those of one that it split off itself have the name of the first. */
function instanceId(seriesId: string, key: string): string {
  const base = seriesId.replace(/_R\d{8}(T\d{6})?$/, "");
  return `${base}_${key.length === 10 ? key.replaceAll("-", "") : `${compact(Date.parse(key))}Z`}`;
}

/**
 * The version of a series: the ETag Google gives it is that of the series alone and stays when one occurrence is
 * changed, so what the kept instances say goes along.
 */
export function versionOf(etag: string | null, kept: Kept[]): string | null {
  if (etag === null) return null;
  const said = kept.map(({ key, says }) => `${key} ${says && keyOfWords(says)}`).sort();
  return `${etag} ${createHash("sha256").update(JSON.stringify(said)).digest("base64url").slice(0, 22)}`;
}

export const isSeriesVersion = (version: string | null): boolean => version?.includes(" ") ?? false;

/** What Google itself knows of a version. */
export const etagOf = (version: string | null): string | null => version?.split(" ")[0] ?? null;
