import { z } from "zod";

/** Which of a connection's calendars block bookings, and which one receives them (null: none of these). */
export const calendarChoice = z.object({
  conflictIds: z.array(z.uuid()).max(500),
  destinationId: z.uuid().nullable(),
});
