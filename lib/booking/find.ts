import { eq } from "drizzle-orm";
import { bookings, eventTypes, users } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { hostBookingColumns } from "./columns";
import { durationAfterMove } from "./duration";

/** One of the viewer's bookings, with what is needed to move it. @throws AppError not_found */
export async function getHostBooking(viewer: Viewer, id: string) {
  const [row] = await asViewer(viewer, (tx) =>
    tx
      .select({
        ...hostBookingColumns,
        eventType: {
          id: eventTypes.id,
          slug: eventTypes.slug,
          durationMinutes: eventTypes.durationMinutes,
          otherDurations: eventTypes.otherDurations,
        },
        host: { handle: users.handle, timeZone: users.timeZone },
      })
      .from(bookings)
      .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
      .innerJoin(users, eq(users.id, bookings.hostId))
      .where(eq(bookings.id, id)),
  );
  if (!row) throw new AppError("not_found", "This booking does not exist.");
  return { ...row, durationAfterMove: durationAfterMove(row.eventType, row) };
}
