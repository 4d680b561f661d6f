import { forgetOldMails, listWaitingMails } from "@/lib/mailbox/sweep";
import { inngest } from "./client";
import { mailQueued } from "./events";

/** Mails whose run was lost are sent after all; old ones are forgotten. Asked again at most once an hour each. */
export const sweepMails = inngest.createFunction(
  { id: "sweep-mails", retries: 3, triggers: [{ cron: "*/10 * * * *" }] },
  async ({ step }) => {
    const found = await step.run("look", async () => {
      const now = new Date();
      return {
        hour: now.toISOString().slice(0, 13),
        waiting: await listWaitingMails(now),
        forgotten: await forgetOldMails(now),
      };
    });
    const again = found.waiting.map((mailId) =>
      mailQueued.create({ mailId }, { id: `mail:${mailId}:${found.hour}` }),
    );
    if (again.length > 0) await step.sendEvent("ask-again", again);
    return { waiting: found.waiting.length, forgotten: found.forgotten };
  },
);
