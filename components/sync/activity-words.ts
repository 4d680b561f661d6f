import { tookText } from "@/components/runs/took";
import type { ActiveHour } from "@/lib/sync/activity";

/** What a chart of these hours shows, in a sentence. */
export function activitySummary(hours: ActiveHour[]): string {
  const failed = sumOf(hours, ({ failed }) => failed);
  const all = failed + sumOf(hours, ({ ok }) => ok);
  if (all === 0) return "Nothing ran in the last 24 hours.";
  const runs = `${all.toLocaleString("en")} ${all === 1 ? "run" : "runs"} in the last 24 hours`;
  if (failed === 0) return `${runs}, and all went well.`;
  return failed === all
    ? `${runs}, and all failed.`
    : `${runs}, ${failed.toLocaleString("en")} of them failed.`;
}

/** What became of the runs of one hour. */
export function hourWords({ ok, failed, medianMs, slowMs }: ActiveHour): string {
  if (ok + failed === 0) return "no runs";
  const counts = `${ok} went well${failed > 0 ? `, ${failed} failed` : ""}`;
  if (medianMs === null || slowMs === null) return counts;
  return `${counts}; half took up to ${tookText(medianMs)}, nearly all up to ${tookText(slowMs)}`;
}

const sumOf = (hours: ActiveHour[], of: (hour: ActiveHour) => number) =>
  hours.reduce((sum, hour) => sum + of(hour), 0);
