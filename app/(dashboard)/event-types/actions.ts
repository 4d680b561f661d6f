"use server";

import { redirect } from "next/navigation";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import { createEventType } from "@/lib/event-types/create";
import { deleteEventType } from "@/lib/event-types/delete";
import { duplicateEventType } from "@/lib/event-types/duplicate";
import { updateEventType } from "@/lib/event-types/update";

export async function create(input: unknown): Promise<ActionResult<void>> {
  const result = await action(async () => {
    await createEventType(await getViewer(), input, new Date());
  });
  if (result.ok) redirect("/event-types");
  return result;
}

export async function save(id: string, input: unknown): Promise<ActionResult<void>> {
  const result = await action(async () => updateEventType(await getViewer(), id, input, new Date()));
  if (result.ok) redirect("/event-types");
  return result;
}

export async function duplicate(id: string): Promise<ActionResult<void>> {
  const result = await action(async () => duplicateEventType(await getViewer(), id));
  if (result.ok) redirect(`/event-types/${result.data.id}`);
  return result;
}

export async function remove(id: string): Promise<ActionResult<void>> {
  const result = await action(async () => deleteEventType(await getViewer(), id));
  if (result.ok) redirect("/event-types");
  return result;
}
