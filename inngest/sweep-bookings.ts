import { sweepPending } from "@/lib/booking/sweep";
import { listUndelivered } from "@/lib/mirror/undelivered";
import { listDiverged } from "@/lib/sync/diverged";
import { inngest } from "./client";
import { bookingRequested, bookingUndelivered, targetDiverged } from "./events";

/**
 * What fell through: holds and moves nobody decided, copies that are not what their booking is, or that changed and
 * were not settled. Asked again at most once an hour each, by the id of the event. What waits for a host's answer too long is refused.
 */
export const sweepBookings = inngest.createFunction(
  { id: "sweep-bookings", retries: 3, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step }) => {
    const found = await step.run("look", async () => {
      const now = new Date();
      const hour = now.toISOString().slice(0, 13);
      return {
        hour,
        pending: await sweepPending(now),
        undelivered: await listUndelivered(now),
        diverged: await listDiverged(now),
      };
    });
    const again = [
      ...found.pending.map((bookingId) =>
        bookingRequested.create({ bookingId }, { id: `check:${bookingId}:${found.hour}` }),
      ),
      ...found.undelivered.map((bookingId) =>
        bookingUndelivered.create({ bookingId }, { id: `deliver:${bookingId}:${found.hour}` }),
      ),
      ...found.diverged.map((targetId) =>
        targetDiverged.create({ targetId }, { id: `settle:${targetId}:${found.hour}` }),
      ),
    ];
    if (again.length > 0) await step.sendEvent("ask-again", again);
    return {
      pending: found.pending.length,
      undelivered: found.undelivered.length,
      diverged: found.diverged.length,
    };
  },
);
