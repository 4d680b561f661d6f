"use server";

import { type ActionResult, action } from "@/lib/action";
import { changePassword } from "@/lib/auth/change-password";
import { getViewer, startSession } from "@/lib/auth/session";
import { saveBookingRules } from "@/lib/users/booking-rules";
import { saveProfile } from "@/lib/users/save-profile";

export async function save(form: FormData): Promise<ActionResult<void>> {
  return action(async () => saveProfile(await getViewer(), Object.fromEntries(form), new Date()));
}

export async function saveRules(form: FormData): Promise<ActionResult<void>> {
  return action(async () => saveBookingRules(await getViewer(), Object.fromEntries(form)));
}

export async function change(form: FormData): Promise<ActionResult<void>> {
  return action(async () => startSession(await changePassword(await getViewer(), Object.fromEntries(form))));
}
