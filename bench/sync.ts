import { closeDatabase } from "@/db/client";
import { applyTestSettings } from "@/scripts/lib/test-settings";
import { startGoogleProcess } from "./google";
import type { Measure } from "./measure";
import { onOwnDatabase } from "./own-database";
import { measureChanges, measureImport } from "./sync-pull";
import { measureWebhooks } from "./sync-webhook";

/**
 * Calendars at a Google in another process: reading one for the first time, one change in calendars of any size, and
 * the time from a notification to slots that know of it.
 */
export const bench = () => onOwnDatabase(onDatabase);

async function* onDatabase(databaseUrl: string): AsyncGenerator<Measure> {
  applyTestSettings(databaseUrl);
  const google = await startGoogleProcess();
  try {
    yield memory("before anything was read");
    for (const latencyMs of [0, 200]) yield* measureImport(google, { events: 10_000, latencyMs });
    yield memory("after six imports of 10000 events");
    for (const events of [1_000, 10_000, 100_000]) yield* measureChanges(google, events);
    yield memory("after a calendar of 100000 events");
    for (const calendars of [1, 50, 500]) yield* measureWebhooks(google, calendars);
    yield memory("after the notifications of 500 calendars");
  } finally {
    google.stop();
    await closeDatabase();
  }
}

function memory(when: string): Measure {
  return { case: when, metric: "RSS of this process", value: process.memoryUsage.rss() / 1e6, unit: "MB" };
}
