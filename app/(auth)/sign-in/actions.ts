"use server";

import { redirect } from "next/navigation";
import { type ActionResult, action } from "@/lib/action";
import { nextPath } from "@/lib/auth/next-path";
import { requestAddress, startSession } from "@/lib/auth/session";
import { verifySignIn } from "@/lib/auth/sign-in";

export async function signIn(form: FormData): Promise<ActionResult<void>> {
  const result = await action(async () => {
    const user = await verifySignIn(Object.fromEntries(form), await requestAddress());
    await startSession(user);
  });
  if (result.ok) redirect(nextPath(form.get("next")));
  return result;
}
