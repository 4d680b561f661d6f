"use server";

import { redirect } from "next/navigation";
import { type ActionResult, action } from "@/lib/action";
import { startSession } from "@/lib/auth/session";
import { setUpAdmin } from "@/lib/auth/set-up";

export async function setUp(form: FormData): Promise<ActionResult<void>> {
  const result = await action(async () => {
    const { token, ...input } = Object.fromEntries(form);
    await startSession(await setUpAdmin(String(token), input));
  });
  if (result.ok) redirect("/dashboard");
  return result;
}
