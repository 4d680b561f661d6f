import { bigint, foreignKey, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { calendars } from "./calendars";
import { instant, ownedBy } from "./columns";

/**
 * A push subscription of one calendar (SPEC B4). The row exists before the provider is asked, because its first
 * notification may overtake the answer; `resourceId` and `expiresAt` are null until then. `secretHash` is the
 * SHA-256 of the token the provider sends along.
 */
export const syncChannels = pgTable(
  "sync_channels",
  {
    id: uuid().primaryKey(),
    calendarId: uuid("calendar_id").notNull(),
    hostId: uuid("host_id").notNull(),
    secretHash: text("secret_hash").notNull(),
    resourceId: text("resource_id"),
    expiresAt: instant("expires_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastNotifiedAt: instant("last_notified_at"),
    /** Google's X-Goog-Message-Number: rises, with gaps. */
    lastMessageNumber: bigint("last_message_number", { mode: "number" }).notNull().default(0),
    /** When a reading found changes it has not told of; null once it speaks. */
    untoldSince: instant("untold_since"),
    /** Its successor works, or it was given up, so it is to be stopped; until it is, what it tells counts. */
    replacedAt: instant("replaced_at"),
  },
  (table) => [
    foreignKey({
      name: "sync_channels_calendar",
      columns: [table.calendarId, table.hostId],
      foreignColumns: [calendars.id, calendars.hostId],
    }).onDelete("cascade"),
    index("sync_channels_calendar").on(table.calendarId),
    index("sync_channels_expires_at").on(table.expiresAt),
    ownedBy(table.hostId),
  ],
).enableRLS();
