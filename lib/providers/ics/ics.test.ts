import { feedOf } from "@/e2e/feed-text";
import { type HostileFeed, startHostileFeeds } from "@/e2e/hostile-feed";
import { answer } from "@/e2e/hostile-feed-accidents";
import { describeReadOnly, type ForeignEvent } from "../contract";
import { open, startFeeds } from "./test-feeds";

/** A feed, and what it says of each UID; null: what nobody can understand. */
type Kept = { feed: HostileFeed; events: Map<string, ForeignEvent | null> };

const feeds = startFeeds(startHostileFeeds);

describeReadOnly("feeds", async () => {
  const all = new Map<string, Kept>();
  const change = (url: string, act: (kept: Kept) => void) => {
    const kept = all.get(url);
    if (!kept) throw new Error("There is no such feed.");
    act(kept);
    kept.feed.text = feedOf([...kept.events].map(([uid, event]) => saying(uid, event)));
  };
  return {
    // A feed has one calendar; here its address says which.
    provider: {
      ...open(feeds.server.url),
      pullChanges: (url, ...asked) => open(url).pullChanges("feed", ...asked),
    },
    makeCalendar: async () => {
      const feed = feeds.server.add();
      all.set(feed.url, { feed, events: new Map() });
      return feed.url;
    },
    deleteCalendar: async (url) => change(url, ({ feed }) => feed.behave(answer(410))),
    save: async (url, event) => change(url, ({ events }) => events.set(event.uid, event)),
    remove: async (url, uid) => change(url, ({ events }) => events.delete(uid)),
    garble: async (url, uid) => change(url, ({ events }) => events.set(uid, null)),
    expire: () => "lost",
    stop: async () => {},
  };
});

const stamp = (date: Date) => date.toISOString().replace(/[-:]|\.\d+/g, "");

function saying(uid: string, event: ForeignEvent | null) {
  if (!event) return { uid, start: "no date" };
  return { uid, title: event.title, start: stamp(event.startsAt), end: stamp(event.endsAt) };
}
