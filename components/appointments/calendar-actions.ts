import type { ActionResult } from "@/lib/action";
import type { AppointmentConflict } from "@/lib/appointments/conflict";
import type { Copy } from "@/lib/appointments/copies";
import type { Range } from "@/lib/appointments/schema";
import type { Appointment } from "@/lib/appointments/view";
import type { LocalChangeInput } from "@/lib/subscriptions/schema";
import type { Saying } from "./draft";

export type Details = { appointment: Appointment; copies: Copy[] };

/** Somebody else was first; `yours` and `current` are what to choose from. */
export type Conflict = {
  ok: false;
  code: "conflict";
  message: string;
  yours: AppointmentConflict["yours"];
  current: AppointmentConflict["current"];
};

/** Which one of what repeats, and of which reading. */
export type Aim = { revision: number; occurrence?: { key: string; range: Range } };

export type CalendarActions = {
  find: (id: string, occurrenceKey: string) => Promise<ActionResult<Details>>;
  create: (saying: Saying) => Promise<ActionResult<Appointment>>;
  change: (id: string, change: Partial<Saying> & Aim) => Promise<ActionResult<Appointment> | Conflict>;
  changeFeedEvent: (
    subscriptionId: string,
    eventId: string,
    input: LocalChangeInput,
  ) => Promise<ActionResult<void>>;
  remove: (id: string, aim: Aim) => Promise<ActionResult<void> | Conflict>;
};

export const isConflict = (result: { ok: boolean }): result is Conflict => "current" in result;
