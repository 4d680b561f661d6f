"use server";

import type { Route } from "next";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import { cancelRun } from "@/lib/runs/cancel";
import { retryRun } from "@/lib/runs/retry";

export async function retry(id: string): Promise<ActionResult<Route | undefined>> {
  return action(async () => `/sync/runs/${await retryRun(await getViewer(), id)}` as Route);
}

export async function cancel(id: string): Promise<ActionResult<Route | undefined>> {
  return action(async () => {
    await cancelRun(await getViewer(), id);
    return undefined;
  });
}
