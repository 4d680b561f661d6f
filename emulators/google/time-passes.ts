import { makeConferences } from "./calendar/conference";
import { pump, settle } from "./channels/deliver";
import type { Google } from "./google";

/** Does what is due now. */
export function tick(google: Google): void {
  makeConferences(google);
  pump(google);
}

/** Lets virtual time pass, stopping wherever something is due on the way. */
export async function advance(google: Google, milliseconds: number): Promise<void> {
  const target = google.clock.now() + milliseconds;
  for (let next = nextDue(google, target); next !== null; next = nextDue(google, target)) {
    google.clock.set(Math.max(next, google.clock.now()));
    tick(google);
    await settle(google);
  }
  google.clock.set(target);
  tick(google);
  await settle(google);
}

function nextDue(google: Google, target: number): number | null {
  const messages = google.state.messages.filter((message) => !message.isHeld);
  const times = [...messages, ...google.state.conferences].map(({ dueAt }) => dueAt);
  const next = Math.min(...times, Number.POSITIVE_INFINITY);
  return next <= target ? next : null;
}
