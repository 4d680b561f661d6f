import { expandDueAppointments } from "@/lib/appointments/occurrences";
import { inngest } from "./client";
import { job } from "./job";

/** Each night: what repeats takes its owner's time as far ahead as bookings are possible. */
export const expandAppointments = inngest.createFunction(
  { id: "expand-appointments", retries: 3, triggers: [{ cron: "41 2 * * *" }] },
  async ({ step }) => ({
    expanded: await step.run("expand", () => job(() => expandDueAppointments(new Date()))),
  }),
);
