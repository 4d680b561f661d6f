import { reconcileTarget } from "@/lib/sync/reconcile";
import { inngest } from "./client";
import { targetDiverged } from "./events";
import { job } from "./job";

/** Somebody changed the copy of an appointment; one at a time per copy. What stays unsettled, sweep-bookings finds. */
export const reconcileTargetRun = inngest.createFunction(
  {
    id: "reconcile-target",
    retries: 8,
    // The second limit leaves workers for bookings when a calendar was emptied.
    concurrency: [{ limit: 1, key: "event.data.targetId" }, { limit: 10 }],
    triggers: [targetDiverged],
  },
  async ({ event, step }) => {
    await step.run("settle", () => job(() => reconcileTarget(event.data.targetId, new Date())));
  },
);
