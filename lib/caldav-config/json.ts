import type { CaldavConfig } from "./find";

/** A configured account as the API answers it. */
export const caldavConfigJson = (config: CaldavConfig) => ({
  server_url: config.serverUrl,
  username: config.account,
  status: config.status,
  last_error: config.lastError ?? config.bindingError,
  calendars: config.calendars.map((calendar) => ({
    id: calendar.id,
    name: calendar.name,
    url: calendar.remoteId,
    color: calendar.color,
    is_read_only: calendar.isReadOnly,
    last_synced_at: calendar.lastSyncedAt?.toISOString() ?? null,
    last_error: calendar.lastError,
  })),
});
