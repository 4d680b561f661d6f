import { z } from "zod";

/**
 * Which of a connection's calendars block bookings, which of them do so with all-day events marked free too, and
 * which one receives bookings (null: none of these).
 */
export const calendarChoice = z.object({
  conflictIds: z.array(z.uuid()).max(500),
  allDayIds: z.array(z.uuid()).max(500).default([]),
  destinationId: z.uuid().nullable(),
});
