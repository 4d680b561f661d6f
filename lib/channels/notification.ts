import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { z } from "zod";
import { database } from "@/db/client";
import { calendars, syncChannels } from "@/db/schema";
import { requestPull } from "@/lib/sync/request";
import { requestWatch } from "./request";
import { isSecretOf } from "./secret";

/** `stray`: it changed nothing, and why. What is neither stray nor news is a repetition or the first word. */
export type Notified = { status: 200 | 400 | 401; stray?: string };

type Message = z.infer<typeof message>;

/**
 * Takes what Google says of a channel: all of it stands in the headers. A change asks for a pull of the calendar; what
 * is unknown, forged, repeated or late changes nothing.
 */
export async function handleNotification(headers: Headers, now: Date): Promise<Notified> {
  const id = headers.get("x-goog-channel-id");
  if (!id) return { status: 400, stray: "X-Goog-Channel-ID is missing" };
  const channel = await findChannel(id);
  // 200, so that Google does not try again.
  if (!channel) return { status: 200, stray: "unknown channel" };
  const token = headers.get("x-goog-channel-token");
  if (token === null || !isSecretOf(channel.secretHash, token))
    return { status: 401, stray: token === null ? "X-Goog-Channel-Token is missing" : "wrong token" };
  const parsed = message.safeParse({
    resourceId: headers.get("x-goog-resource-id"),
    state: headers.get("x-goog-resource-state"),
    number: headers.get("x-goog-message-number"),
    endsAt: headers.get("x-goog-channel-expiration"),
  });
  if (!parsed.success) return { status: 400, stray: z.prettifyError(parsed.error) };
  if (channel.resourceId !== null && channel.resourceId !== parsed.data.resourceId)
    return { status: 200, stray: "another resource" };
  await take(channel, parsed.data, now);
  return { status: 200 };
}

const message = z.object({
  resourceId: z.string("is missing").min(1).max(1000),
  state: z.string("is missing").max(100),
  number: z
    .string("is missing")
    .regex(/^\d{1,15}$/)
    .transform(Number),
  /** An HTTP date (RFC 9110 §5.6.7), unlike in the answer to the watch. */
  endsAt: z.string().regex(/ GMT$/).pipe(z.coerce.date()).nullable().catch(null),
});

type Channel = typeof syncChannels.$inferSelect;

async function findChannel(id: string): Promise<Channel | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const [channel] = await database().select().from(syncChannels).where(eq(syncChannels.id, id));
  return channel;
}

/** What it says, and that it has said it, in one transaction. */
async function take(channel: Channel, { resourceId, state, number, endsAt }: Message, now: Date) {
  await database().transaction(async (tx) => {
    // First the calendar, as whoever deletes it does.
    await tx
      .select({ id: calendars.id })
      .from(calendars)
      .where(eq(calendars.id, channel.calendarId))
      .for("no key update");
    const [heard] = await tx
      .update(syncChannels)
      .set({
        lastNotifiedAt: now,
        lastMessageNumber: number,
        untoldSince: null,
        // The answer to the watch may be under way still, or lost.
        resourceId,
        expiresAt: sql`coalesce(${syncChannels.expiresAt}, ${endsAt?.toISOString() ?? null}::timestamptz)`,
      })
      .where(
        and(
          eq(syncChannels.id, channel.id),
          lt(syncChannels.lastMessageNumber, number),
          or(isNull(syncChannels.resourceId), eq(syncChannels.resourceId, resourceId)),
        ),
      )
      .returning({ replacedAt: syncChannels.replacedAt });
    if (!heard) return;
    if (heard.replacedAt && channel.resourceId === null) await requestWatch(tx, channel.calendarId);
    if (state === "exists" || state === "not_exists")
      await requestPull(tx, channel.calendarId, "notified", now);
  });
}
