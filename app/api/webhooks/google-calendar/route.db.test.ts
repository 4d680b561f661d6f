import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { calendars, syncChannels } from "@/db/schema";
import { hashSecret, makeSecret } from "@/lib/channels/secret";
import { POST } from "./route";

/** An open channel, and Google speaking of it. */
async function makeChannel() {
  const { user } = await makeHost();
  const calendar = await makeCalendar(user.id);
  const [id, secret, resourceId] = [randomUUID(), makeSecret(), "resource"];
  await database()
    .insert(syncChannels)
    .values({ id, calendarId: calendar.id, hostId: user.id, secretHash: hashSecret(secret), resourceId });
  const post = (number: number, { token = secret, body }: { token?: string; body?: ReadableStream } = {}) => {
    const headers = {
      "x-goog-channel-id": id,
      "x-goog-channel-token": token,
      "x-goog-resource-id": resourceId,
      "x-goog-resource-state": "exists",
      "x-goog-message-number": String(number),
    };
    const init = { method: "POST", headers, ...(body ? { body, duplex: "half" } : {}) };
    return POST(new Request("https://calends.test/api/webhooks/google-calendar", init));
  };
  const askedAt = async () =>
    (await database().select().from(calendars).where(eq(calendars.id, calendar.id)))[0]?.syncRequestedAt;
  return { post, askedAt };
}

test("a notification is answered in milliseconds, and its body never read", async () => {
  const { post, askedAt } = await makeChannel();
  const neverEnds = new ReadableStream({ pull: () => new Promise(() => {}) });
  const answer = await post(2, { body: neverEnds });
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
  expect(await askedAt()).toBeInstanceOf(Date);
  const took: number[] = [];
  for (let number = 3; number < 53; number += 1) {
    const begun = performance.now();
    await post(number);
    took.push(performance.now() - begun);
  }
  expect(took.sort((a, b) => a - b)[25]).toBeLessThan(50);
});

test("one who guesses is soon not listened to, and right ones always are", async () => {
  const { post, askedAt } = await makeChannel();
  const statuses: number[] = [];
  for (let count = 0; count < 70; count += 1) statuses.push((await post(5, { token: "wrong" })).status);
  expect(statuses[0]).toBe(401);
  expect(statuses.at(-1)).toBe(429);
  expect(await askedAt()).toBeNull();
  expect((await post(6)).status).toBe(200);
  expect(await askedAt()).toBeInstanceOf(Date);
});
