import { createHash, randomUUID } from "node:crypto";
import { database } from "@/db/client";
import { calendarConnections, calendarSubscriptions, calendars } from "@/db/schema";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { normalizeFeedUrl } from "@/lib/providers";

type Values = {
  /** Of the feed; where none is asked, any will do. */
  url?: string;
  calendar?: Partial<typeof calendars.$inferInsert>;
  subscription?: Partial<typeof calendarSubscriptions.$inferInsert>;
};

/** A feed that a host subscribed to and that was never read. */
export async function makeSubscription(
  hostId: string,
  { url = `https://feeds.example.test/${randomUUID()}.ics`, ...values }: Values = {},
) {
  const address = normalizeFeedUrl(url);
  return database().transaction(async (tx) => {
    const connectionId = randomUUID();
    const [connection] = await tx
      .insert(calendarConnections)
      .values({
        id: connectionId,
        hostId,
        provider: "ics",
        serverUrl: new URL(address).origin,
        account: createHash("sha256").update(address).digest("hex"),
        credentials: sealCredentials(connectionId, { url: address }, env().FERNET_KEYS),
      })
      .returning();
    const [calendar] = await tx
      .insert(calendars)
      .values({
        connectionId,
        hostId,
        remoteId: "feed",
        name: "Holidays",
        color: "#336699",
        isReadOnly: true,
        isSubscribed: true,
        ...values.calendar,
      })
      .returning();
    if (!connection || !calendar) throw new Error("No calendar was made.");
    const [subscription] = await tx
      .insert(calendarSubscriptions)
      .values({ hostId, calendarId: calendar.id, refreshMinutes: 60, ...values.subscription })
      .returning();
    if (!subscription) throw new Error("No subscription was made.");
    return { connection, calendar, subscription };
  });
}
