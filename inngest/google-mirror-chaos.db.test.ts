import { expect, test, vi } from "vitest";
import { startClockAt } from "@/db/factories/fake-clock";
import { addAccident, expireSomething, makeCrashSwitch } from "@/db/factories/google-chaos";
import { makeGoogleMirror } from "@/db/factories/google-mirror";
import { makeMirrorActs } from "@/db/factories/google-mirror-acts";
import { makeDice } from "@/lib/availability/oracle/dice";

// `CHAOS_SEED=7 CHAOS_EDITS=2000 npx vitest run --project db inngest/google-mirror-chaos` plays another, longer story.
const seed = process.env.CHAOS_SEED ?? "mirror";
const edits = Number(process.env.CHAOS_EDITS ?? 120);

const start = new Date("2026-03-02T08:00:00Z");
const dayMs = 86_400_000;
/** Nothing that is edited is over before the story is. */
const edited = new Date(start.getTime() + 20 * dayMs);
const compared = {
  from: new Date(start.getTime() - 60 * dayMs),
  to: new Date(start.getTime() + 300 * dayMs),
};

vi.mock(import("node:timers/promises"), async (original) => {
  const { briefly } = await import("@/db/factories/fake-clock");
  return briefly(await original());
});

startClockAt(start);

test(`after ${edits} edits here and at Google, and any accident, both have the same (seed ${seed})`, async () => {
  const dice = makeDice(seed);
  const mirror = await makeGoogleMirror(start, compared);
  const { admin, pass, calendarId, email } = mirror;
  const act = makeMirrorActs(mirror, dice, edited);
  const crashes = await makeCrashSwitch();
  admin.settings({ shortPages: true, deletedSeries: "both", syncMessage: "before" });
  admin.setDelivery({ drop: 0.1, duplicate: 0.1, reorder: 0.2, delayMs: [0, 60_000] });
  for (let done = 0; done < edits; ) {
    dice.times(0, 2, () => addAccident(admin, dice));
    if (dice.chance(0.1)) expireSomething(admin, dice, { calendarIds: [calendarId], emails: [email] });
    for (let left = dice.int(1, 5); left > 0; left -= 1) {
      await act();
      done += 1;
    }
    const isCrash = dice.chance(0.1);
    if (isCrash) await crashes.on();
    await pass(dice.int(20, 150) * 1000);
    if (isCrash) await crashes.off();
  }
  admin.clearFaults();
  admin.setDelivery({ drop: 0, duplicate: 0, reorder: 0, delayMs: [0, 0] });
  for (let n = 0; n < 90; n += 1) await pass(300_000);
  await mirror.agree();
  await mirror.rest();
  expect(mirror.linesAtGoogle().length).toBeGreaterThan(10);
}, 300_000);
