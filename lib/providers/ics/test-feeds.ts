import { afterAll, beforeAll } from "vitest";
import type { ProviderOptions } from "@/lib/providers/options";
import type { ChangePage, SyncWindow } from "@/lib/providers/provider";
import { openIcs } from "./ics";

export const window: SyncWindow = {
  start: new Date("2026-01-01T00:00:00Z"),
  end: new Date("2027-01-01T00:00:00Z"),
  timeZone: "Europe/Berlin",
};

const options: ProviderOptions = {
  allowPrivate: true,
  timeoutMs: 5_000,
  retryDelayMs: 1,
  feedLimits: { maxBytes: 300_000, maxEvents: 1000 },
};

type Server = { add(): { url: string }; stop(): Promise<void> };

/** A server with feeds for all tests of a file; the thread that reads them takes its time to start. */
export function startFeeds<Started extends Server>(start: () => Promise<Started>): { server: Started } {
  const feeds = {} as { server: Started };
  beforeAll(async () => {
    feeds.server = await start();
    await pull(feeds.server.add().url);
  }, 60_000);
  afterAll(() => feeds.server.stop());
  return feeds;
}

export const open = (url: string, more: Partial<ProviderOptions> = {}) =>
  openIcs({ url }, { ...options, ...more });

/** All that one pull says, folded. */
export async function pull(
  url: string,
  cursor: string | null = null,
  more: Partial<ProviderOptions> = {},
): Promise<Required<Pick<ChangePage, "upserts" | "deletions" | "unreadable" | "cursor">> & ChangePage> {
  const pages: ChangePage[] = [];
  for await (const page of open(url, more).pullChanges("feed", cursor, window)) pages.push(page);
  const last = pages.at(-1);
  if (last?.cursor === undefined) throw new Error("The last page has no cursor.");
  return {
    ...last,
    cursor: last.cursor,
    upserts: pages.flatMap(({ upserts }) => upserts),
    deletions: pages.flatMap(({ deletions }) => deletions),
    unreadable: pages.flatMap(({ unreadable }) => unreadable),
  };
}
