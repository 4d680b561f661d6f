"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import { acceptBooking, declineByHost } from "@/lib/booking/answer";
import { cancelBooking } from "@/lib/booking/cancel";
import { moveBooking } from "@/lib/booking/move";

export async function accept(
  id: string,
  options: { evenIfBusy: boolean; start: string },
): Promise<ActionResult<void>> {
  return afresh(action(async () => acceptBooking(await getViewer(), id, new Date(), options)));
}

export async function decline(
  id: string,
  options: { reason: string; start: string },
): Promise<ActionResult<void>> {
  return afresh(action(async () => declineByHost(await getViewer(), id, options, new Date())));
}

export async function cancel(id: string, reason: string): Promise<ActionResult<void>> {
  return afresh(action(async () => cancelBooking(await getViewer(), id, { reason }, new Date())));
}

export async function move(id: string, start: string): Promise<ActionResult<void>> {
  const result = await action(async () => moveBooking(await getViewer(), id, { start }, new Date()));
  if (result.ok) redirect("/bookings");
  return result;
}

/** What the page shows is what is true now, also after a refusal: something else may have changed. */
async function afresh(result: Promise<ActionResult<void>>): Promise<ActionResult<void>> {
  await result;
  refresh();
  return result;
}
