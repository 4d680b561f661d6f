"use server";

import { refresh } from "next/cache";
import { type ActionResult, action } from "@/lib/action";
import { acceptByLink, declineByLink } from "@/lib/booking/answer";

// The link is the proof of who acts; each verb checks it.

export async function accept(
  token: string,
  options: { evenIfBusy: boolean; start: string },
): Promise<ActionResult<void>> {
  const result = await action(() => acceptByLink(token, new Date(), options));
  refresh();
  return result;
}

export async function decline(
  token: string,
  options: { reason: string; start: string },
): Promise<ActionResult<void>> {
  const result = await action(() => declineByLink(token, options, new Date()));
  refresh();
  return result;
}
