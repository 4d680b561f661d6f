import { deliverMail, giveUpMail } from "@/lib/mailbox/deliver";
import { inngest } from "./client";
import { mailQueued } from "./events";
import { job } from "./job";

/** Sends a mail of the outbox. With these retries a mail server may be away for most of a day. */
export const deliverMailRun = inngest.createFunction(
  {
    id: "deliver-mail",
    retries: 16,
    concurrency: { limit: 5 },
    // The sweep may ask again while a run waits for its next try.
    singleton: { key: "event.data.mailId", mode: "skip" },
    triggers: [mailQueued],
    onFailure: async ({ event, step }) => {
      const { mailId } = mailQueued.schema.parse(event.data.event.data);
      await step.run("give-up", () => job(() => giveUpMail(mailId)));
    },
  },
  async ({ event, step }) => step.run("send", () => job(() => deliverMail(event.data.mailId, new Date()))),
);
