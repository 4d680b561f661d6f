import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { bookingRules } from "./schema";

export type BookingRules = Awaited<ReturnType<typeof getBookingRules>>;

/** What the viewer's calendars may do to their bookings. */
export async function getBookingRules(viewer: Viewer) {
  const [row] = await asViewer(viewer, (tx) =>
    tx
      .select({
        tentativeBlocks: users.tentativeBlocks,
        maxStalenessMinutes: users.maxStalenessMinutes,
        whenUnreadable: users.whenUnreadable,
        recentEnoughMinutes: users.recentEnoughMinutes,
      })
      .from(users)
      .where(eq(users.id, viewer.userId)),
  );
  if (!row) throw new AppError("signed_out", "This account does not exist any more.");
  return row;
}

/** @throws AppError invalid, naming the field */
export async function saveBookingRules(viewer: Viewer, input: unknown): Promise<void> {
  const values = parseInput(bookingRules, input);
  await asViewer(viewer, (tx) => tx.update(users).set(values).where(eq(users.id, viewer.userId)));
}
