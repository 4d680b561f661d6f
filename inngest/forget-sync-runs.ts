import { forgetOldSyncRuns } from "@/lib/sync/forget";
import { inngest } from "./client";
import { job } from "./job";

/** Keeps the log of sync runs from growing for ever. */
export const forgetSyncRuns = inngest.createFunction(
  { id: "forget-sync-runs", retries: 3, triggers: [{ cron: "23 * * * *" }] },
  async ({ step }) => ({
    forgotten: await step.run("forget", () => job(() => forgetOldSyncRuns(new Date()))),
  }),
);
