import { and, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections, calendars, syncChannels } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import type { ProviderKind } from "@/lib/providers/provider";
import { callbackOf, notifyingKinds } from "./callback";

// What docs/sync.md calls healthy, overdue and so on, once, as conditions on rows of sync_channels and calendars.

/** The provider's answer, or its first message, says how long it lasts. */
const isOpen = isNotNull(syncChannels.expiresAt);

/** An answer to the request for a channel takes a minute at most; a crash may have lost it. */
export const isOpening = (now: Date): SQL<boolean> => sql<boolean>`(
  ${syncChannels.expiresAt} is null and ${syncChannels.replacedAt} is null
  and ${syncChannels.createdAt} > ${at(now)} - interval '10 minutes')`;

/** It never told of changes a reading found ten minutes ago, or has not said its first word, which comes at once. */
export const isOverdue = (now: Date): SQL<boolean> => sql<boolean>`(
  coalesce(${syncChannels.untoldSince} <= ${at(now)} - interval '10 minutes', false)
  or ${syncChannels.lastNotifiedAt} is null and ${syncChannels.createdAt} <= ${at(now)} - interval '10 minutes')`;

/** Its notifications can be relied on, so that polls may be rare. */
export const isHealthy = (now: Date): SQL<boolean> => sql<boolean>`(
  ${isOpen} and ${syncChannels.replacedAt} is null and ${syncChannels.expiresAt} > ${at(now)}
  and not ${isOverdue(now)})`;

/**
 * It needs no successor yet: two days are left, and up to half a day more, by calendar, so that they do not fall due
 * together; or half the life of one that was given less. One that is overdue may be lost at its provider: it gets a
 * successor, but not before it is six hours old.
 */
export const isLasting = (now: Date): SQL<boolean> => sql<boolean>`(
  ${isOpen} and ${syncChannels.replacedAt} is null
  and ${syncChannels.expiresAt} > ${at(now)} + least((${syncChannels.expiresAt} - ${syncChannels.createdAt}) / 2,
    interval '2 days' + interval '12 hours' * ((hashtext(${syncChannels.calendarId}::text) & 65535) / 65536.0))
  and not (${isOverdue(now)} and ${syncChannels.createdAt} <= ${at(now)} - interval '6 hours'))`;

/** It is read, and its provider notifies. */
export const wantsChannel = (): SQL<boolean> => sql<boolean>`(
  ${isRead} and ${calendars.pushRefusal} is null and ${inArray(calendarConnections.provider, notifyingKinds())})`;

/** As the index calendars_next_sync_at has it. */
export const isRead = and(
  calendars.isEnabled,
  or(calendars.checksConflicts, calendars.isDestination, calendars.isMirrored, calendars.isSubscribed),
) as SQL<boolean>;

/**
 * `live`: notifications come. `opening`: asked for. `overdue`: open, but they do not come. `expired`: nothing followed
 * it. `refused`: the provider sends none of this calendar. `polled`: no channel is possible here, or there is none yet.
 */
export type ChannelState = "live" | "opening" | "overdue" | "expired" | "refused" | "polled";

export type ChannelHealth = {
  calendarId: string;
  state: ChannelState;
  /** Why there can be no channel, as a sentence for a person; null where there is or will be one. */
  why: string | null;
  expiresAt: Date | null;
  lastNotifiedAt: Date | null;
};

/** How each of the viewer's calendars that are read learns of changes. */
export async function listChannelHealth(viewer: Viewer, now: Date): Promise<ChannelHealth[]> {
  const rows = await asViewer(viewer, (tx) =>
    tx.execute<Row>(sql`
      select calendars.id as "calendarId", provider, push_refusal as "refusal", ${stateOf} as state,
        channel.expires_at as "expiresAt", channel.last_notified_at as "lastNotifiedAt"
      from calendars
      join calendar_connections on calendar_connections.id = calendars.connection_id
      left join lateral (${channelOf(now)}) channel on true
      where ${isRead} order by calendars.name`),
  );
  return rows.map(({ provider, refusal, expiresAt, lastNotifiedAt, ...row }) => ({
    ...row,
    why: refusal ?? whyNone(provider),
    expiresAt: instant(expiresAt),
    lastNotifiedAt: instant(lastNotifiedAt),
  }));
}

type Row = Pick<ChannelHealth, "calendarId" | "state"> & {
  provider: ProviderKind;
  refusal: string | null;
  expiresAt: string | null;
  lastNotifiedAt: string | null;
};

const instant = (text: string | null) => (text === null ? null : new Date(text));

function whyNone(provider: ProviderKind): string | null {
  const callback = callbackOf(provider);
  return callback.ok ? null : callback.why;
}

/** How many calendars that are read are in each state, and how many channels end within a day without a successor. */
export async function countChannels(now: Date) {
  const rows = await database().execute<{ state: ChannelState; n: number; expiring: number }>(sql`
    select ${stateOf} as state, count(*)::int as n, count(*) filter (
      where channel.expires_at between ${at(now)} and ${at(now)} + interval '1 day')::int as expiring
    from calendars left join lateral (${channelOf(now)}) channel on true
    where ${isRead} group by 1`);
  return { states: rows, expiring: rows.reduce((sum, row) => sum + row.expiring, 0) };
}

const stateOf = sql`case when calendars.push_refusal is not null then 'refused'
  else coalesce(channel.state, 'polled') end`;

/** The channel that counts for the calendar at hand: an open one, one that is being opened, else the last. */
const channelOf = (now: Date) => sql`
  select expires_at, last_notified_at, case
    when ${isOpening(now)} then 'opening'
    when expires_at <= ${at(now)} then 'expired'
    when ${isOverdue(now)} then 'overdue'
    else 'live'
  end as state
  from sync_channels
  where calendar_id = calendars.id and replaced_at is null and (${isOpen} or ${isOpening(now)})
  order by case when expires_at > ${at(now)} then 0 when expires_at is null then 1 else 2 end, created_at desc
  limit 1`;

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
