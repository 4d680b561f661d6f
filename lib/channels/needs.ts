import { type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { ProviderKind } from "@/lib/providers/provider";
import { isLasting, isOpening, isRead, wantsChannel } from "./health";

/** What is to be done about the channels of one calendar. */
export type Needs = {
  id: string;
  provider: ProviderKind;
  wantsChannel: boolean;
  /** It has one that lasts, or that is being opened. */
  isServed: boolean;
};

export async function findNeeds(calendarId: string, now: Date): Promise<Needs | null> {
  const [row] = await database().execute<Needs>(needing(now, sql`calendars.id = ${calendarId}`));
  return row ?? null;
}

/** Those of one that is being disconnected are none of ours any more. */
export const needing = (now: Date, condition: SQL) => sql`
  select calendars.id, calendar_connections.provider, ${wantsChannel()} as "wantsChannel",
    channels.is_served as "isServed"
  from calendars
  join calendar_connections on calendar_connections.id = calendars.connection_id
  cross join lateral (
    select coalesce(bool_or(${isLasting(now)} or ${isOpening(now)}), false) as is_served,
      count(*) filter (where replaced_at is null) as kept,
      count(*) filter (where replaced_at is null and resource_id is not null) as opened,
      count(*) filter (where replaced_at is not null and resource_id is not null) as left_over,
      max(expires_at) filter (where replaced_at is null) as ends_at
    from sync_channels where calendar_id = calendars.id
  ) channels
  where (${isRead} or kept + left_over > 0) and calendar_connections.status <> 'disconnecting'
    and (left_over > 0 or case when ${wantsChannel()} then not is_served or opened > 1 else kept > 0 end)
    and ${condition}
  order by ends_at nulls first, calendars.id`;
