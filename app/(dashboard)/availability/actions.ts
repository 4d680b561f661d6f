"use server";

import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import { saveWeeklyHours } from "@/lib/availability/hours";
import type { Interval } from "@/lib/availability/schema";

export async function saveHours(input: { hours: Interval[] }): Promise<ActionResult<void>> {
  return action(async () => saveWeeklyHours(await getViewer(), input));
}
