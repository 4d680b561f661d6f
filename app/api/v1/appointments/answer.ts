import { AppointmentConflict } from "@/lib/appointments/conflict";
import type { Appointment } from "@/lib/appointments/view";

export const toJson = (appointment: Appointment) => ({ appointment });

/** Somebody changed it meanwhile: the answer has both versions, so that the other side can show them. */
export async function orBothVersions(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppointmentConflict)) throw error;
    const { code, message, yours, current } = error;
    return Response.json({ error: { code, message }, yours, current }, { status: 409 });
  }
}
