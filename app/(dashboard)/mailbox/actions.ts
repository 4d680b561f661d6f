"use server";

import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import { resendMail } from "@/lib/mailbox/resend";

export async function resend(id: string): Promise<ActionResult<undefined>> {
  return action(async () => {
    await resendMail(await getViewer(), id);
    return undefined;
  });
}
