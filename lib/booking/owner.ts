import { eq } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { readBookingToken, readHostToken } from "./token";

// Whose booking it is, before anything is done to it: three ways to prove it, each leads to its id.

/** By the visitor's link. @throws AppError not_found */
export function getVisitorBookingId(token: string): string {
  return readBookingToken(token) ?? missing();
}

/** By the host's link, as mails carry it. @throws AppError not_found */
export function getHostBookingId(token: string): string {
  return readHostToken(token) ?? missing();
}

/** By the host's sign-in. @throws AppError not_found, also when it is somebody else's */
export async function getOwnBookingId(viewer: Viewer, id: string): Promise<string> {
  const [row] = await asViewer(viewer, (tx) =>
    tx.select({ id: bookings.id }).from(bookings).where(eq(bookings.id, id)),
  );
  return row?.id ?? missing();
}

function missing(): never {
  throw new AppError("not_found", "This booking does not exist.");
}
