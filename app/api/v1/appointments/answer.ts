import { AppointmentConflict } from "@/lib/appointments/conflict";
import type { Appointment } from "@/lib/appointments/view";
import { AppError } from "@/lib/errors";
import { camelCase, renameKeys, snakeCase } from "@/lib/http/snake-case";

/** What was sent, in our own names. */
export const readNames = (input: unknown): unknown => renameKeys(input, camelCase);

export const answer = (body: unknown, status = 200): Response =>
  Response.json(renameKeys(body, snakeCase), { status });

export const answerAppointment = (appointment: Appointment, status = 200): Response =>
  answer({ appointment }, status);

/**
 * Names a field that is to blame as it was sent. Where somebody changed it meanwhile, the answer has both versions, so
 * that the other side can show them.
 */
export async function orRefusal(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppointmentConflict) {
      const { code, message, yours, current } = error;
      return answer({ error: { code, message }, yours, current }, 409);
    }
    if (!(error instanceof AppError) || error.field === undefined) throw error;
    throw new AppError(error.code, error.message, { field: snakeCase(error.field), cause: error });
  }
}
