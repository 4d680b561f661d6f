import { afterAll, beforeAll, expect, test } from "vitest";
import { makeHost } from "@/db/factories/users";
import { feedOf } from "@/e2e/feed-text";
import { type HostileFeeds, startHostileFeeds } from "@/e2e/hostile-feed";
import { probeFeed } from "./probe";

const now = new Date("2026-01-01T00:00:00Z");
let server: HostileFeeds;
beforeAll(async () => {
  server = await startHostileFeeds();
});
afterAll(() => server.stop());

test("nobody has more than four feeds read at once, and keeps nobody else from it", async () => {
  const slow = server.add(feedOf(["a"]));
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  slow.behave(async (_, response) => {
    await released;
    response.end(slow.text);
  });
  const [{ viewer }, other] = [await makeHost(), await makeHost()];
  const reading = Array.from({ length: 4 }, () => probeFeed(viewer, slow.url, now));
  await expect.poll(() => slow.asked.length).toBe(4);

  const quick = server.add(feedOf(["a"]));
  const refused = { code: "rate_limited", field: "url" };
  await expect(probeFeed(viewer, quick.url, now)).rejects.toMatchObject(refused);
  expect((await probeFeed(other.viewer, quick.url, now)).facts.eventCount).toBe(1);

  release();
  await Promise.all(reading);
  expect((await probeFeed(viewer, quick.url, now)).facts.eventCount).toBe(1);
});
