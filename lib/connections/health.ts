import type { Viewer } from "@/lib/auth/viewer";
import { listChannelHealth } from "@/lib/channels/health";
import { listConnections } from "./list";

export type ConnectionHealth = Awaited<ReturnType<typeof listConnectionHealth>>[number];
export type CalendarHealth = ConnectionHealth["calendars"][number];

/** The viewer's connections, and how each of their calendars that is read learns of changes. */
export async function listConnectionHealth(viewer: Viewer, now: Date) {
  const [connections, channels] = await Promise.all([
    listConnections(viewer),
    listChannelHealth(viewer, now),
  ]);
  const channelOf = new Map(channels.map((channel) => [channel.calendarId, channel]));
  return connections.map((connection) => ({
    ...connection,
    calendars: connection.calendars.map((calendar) => ({
      ...calendar,
      channel: channelOf.get(calendar.id) ?? null,
    })),
  }));
}
