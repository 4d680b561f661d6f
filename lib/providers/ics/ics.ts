import { AppError } from "@/lib/errors";
import type { ProviderOptions } from "@/lib/providers/options";
import type { CalendarProvider, RemoteCalendar } from "@/lib/providers/provider";
import { normalizeFeedUrl } from "./address";
import { pullChanges } from "./changes";
import type { Feed } from "./request";

export type IcsCredentials = {
  /** Where the feed is: https, or http where `allowPrivate`. Whoever has it reads the feed, so it is never logged. */
  url: string;
};

/** A feed as a calendar that can only be read (SPEC D). Its one calendar is called "feed". */
export function openIcs({ url }: IcsCredentials, options: ProviderOptions): CalendarProvider {
  const feed = { url, options };
  return {
    listCalendars: async () => [await findCalendarOf(feed)],
    pullChanges: (_calendarId, since, window) => pullChanges(feed, since, window),
    putEvent: refuse,
    findNewId: refuse,
    deleteEvent: refuse,
    getEvent: refuse,
  };
}

async function refuse(): Promise<never> {
  throw new AppError("forbidden", "A subscribed calendar can only be read.");
}

/** What the feed says of itself; nothing takes place in a window that is empty. */
async function findCalendarOf(feed: Feed): Promise<RemoteCalendar> {
  const epoch = new Date(0);
  let name = new URL(normalizeFeedUrl(feed.url)).hostname;
  let color: string | null = null;
  for await (const page of pullChanges(feed, null, { start: epoch, end: epoch, timeZone: "UTC" })) {
    name = page.feed?.name ?? name;
    color = page.feed?.color ?? color;
  }
  return { id: "feed", name, color, isReadOnly: true };
}
