import { Temporal } from "temporal-polyfill";

/**
 * Zones with every kind of change, and the years in which PostgreSQL and Node know the same clocks for them (a test
 * compares every change; governments and tz releases move the later ones). Serves tests only.
 */
export const changingZones: Record<string, { from: number; to: number }> = {
  "Europe/Brussels": { from: 2010, to: 2027 },
  "America/New_York": { from: 2010, to: 2027 },
  /** Half an hour. */
  "Australia/Lord_Howe": { from: 2010, to: 2027 },
  /** Skips 30 December 2011. */
  "Pacific/Apia": { from: 2010, to: 2021 },
  /** No 00:00 in spring, 23:00 twice in autumn; none after 2019. */
  "America/Sao_Paulo": { from: 2010, to: 2018 },
  /** Back in Ramadan. */
  "Africa/Casablanca": { from: 2013, to: 2024 },
  /** No 00:00 in spring, half an hour off. */
  "Asia/Tehran": { from: 2010, to: 2022 },
  /** 00:00 skipped and repeated. */
  "America/Havana": { from: 2013, to: 2027 },
  /** 02:45 to 03:45. */
  "Pacific/Chatham": { from: 2010, to: 2027 },
  /** Two hours. */
  "Antarctica/Troll": { from: 2010, to: 2027 },
  /** tzdata: winter is the daylight saving time. */
  "Europe/Dublin": { from: 2010, to: 2027 },
  "Asia/Gaza": { from: 2016, to: 2022 },
};

/** Never change in these years. */
export const steadyZones = ["Asia/Kathmandu", "UTC", "Pacific/Honolulu", "Pacific/Kiritimati", "Asia/Tokyo"];

/** The instants at which the clocks of a zone change. */
export function changesOf(timeZone: string): Temporal.Instant[] {
  const known = changes.get(timeZone) ?? listChanges(timeZone, changingZones[timeZone]);
  changes.set(timeZone, known);
  return known;
}

const changes = new Map<string, Temporal.Instant[]>();

function listChanges(timeZone: string, { from, to } = { from: 0, to: -1 }): Temporal.Instant[] {
  const changes: Temporal.Instant[] = [];
  const start = Temporal.ZonedDateTime.from({ timeZone, year: from, month: 1, day: 1 });
  for (
    let at = start.getTimeZoneTransition("next");
    at && at.year <= to;
    at = at.getTimeZoneTransition("next")
  )
    changes.push(at.toInstant());
  return changes;
}
