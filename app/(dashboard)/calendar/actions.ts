"use server";

import type { Aim, Conflict, Details } from "@/components/appointments/calendar-actions";
import type { Saying } from "@/components/appointments/draft";
import { type ActionResult, action } from "@/lib/action";
import { changeAppointment } from "@/lib/appointments/change";
import { AppointmentConflict } from "@/lib/appointments/conflict";
import { listCopies } from "@/lib/appointments/copies";
import { createAppointment } from "@/lib/appointments/create";
import { getAppointment } from "@/lib/appointments/get";
import { removeAppointment } from "@/lib/appointments/remove";
import type { Appointment } from "@/lib/appointments/view";
import { getViewer } from "@/lib/auth/session";
import { changeFeedEvent as changeLocally } from "@/lib/subscriptions/local-changes";
import type { LocalChangeInput } from "@/lib/subscriptions/schema";

export async function find(id: string, occurrenceKey: string): Promise<ActionResult<Details>> {
  return action(async () => {
    const viewer = await getViewer();
    const appointment = await getAppointment(viewer, id, occurrenceKey);
    return { appointment, copies: await listCopies(viewer, id) };
  });
}

export async function create(saying: Saying): Promise<ActionResult<Appointment>> {
  return action(async () => createAppointment(await getViewer(), saying, new Date()));
}

export async function change(
  id: string,
  input: Partial<Saying> & Aim,
): Promise<ActionResult<Appointment> | Conflict> {
  return orConflict(async () => changeAppointment(await getViewer(), id, input, new Date()));
}

export async function remove(id: string, input: Aim): Promise<ActionResult<void> | Conflict> {
  return orConflict(async () => removeAppointment(await getViewer(), id, input, new Date()));
}

export async function changeFeedEvent(
  subscriptionId: string,
  eventId: string,
  input: LocalChangeInput,
): Promise<ActionResult<void>> {
  return action(async () => {
    await changeLocally(await getViewer(), subscriptionId, eventId, input, new Date());
  });
}

/** An answer has both versions, so that nothing somebody typed is lost. */
async function orConflict<T>(work: () => Promise<T>): Promise<ActionResult<T> | Conflict> {
  let conflict: Conflict | undefined;
  const result = await action(() =>
    work().catch((error: unknown) => {
      if (error instanceof AppointmentConflict) {
        const { message, yours, current } = error;
        conflict = { ok: false, code: "conflict", message, yours, current };
      }
      throw error;
    }),
  );
  return conflict ?? result;
}
