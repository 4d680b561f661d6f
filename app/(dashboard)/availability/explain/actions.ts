"use server";

import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import { explainTime, type StartExplanation } from "@/lib/availability/explain";

type Question = { eventTypeId: string; durationMinutes: number };

export async function ask(question: Question, startsAt: Date): Promise<ActionResult<StartExplanation>> {
  return action(async () => explainTime(await getViewer(), { ...question, startsAt }, new Date()));
}
