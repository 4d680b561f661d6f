"use server";

import { refresh } from "next/cache";
import { type ActionResult, action } from "@/lib/action";
import { createApiToken } from "@/lib/api-tokens/create";
import { removeApiToken } from "@/lib/api-tokens/remove";
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

/** The only answer that has the token itself. */
export async function createToken(form: FormData): Promise<ActionResult<string>> {
  return action(async () => {
    const { secret } = await createApiToken(await getViewer(), Object.fromEntries(form), new Date());
    refresh();
    return secret;
  });
}

export async function revokeToken(id: string): Promise<ActionResult<void>> {
  return action(async () => {
    await removeApiToken(await getViewer(), id);
    refresh();
  });
}
