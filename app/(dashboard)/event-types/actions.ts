"use server";

import { redirect } from "next/navigation";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import { createEventType } from "@/lib/event-types/create";
import { deleteEventType } from "@/lib/event-types/delete";
import { updateEventType } from "@/lib/event-types/update";

export async function create(form: FormData): Promise<ActionResult<void>> {
  const result = await action(async () => {
    await createEventType(await getViewer(), Object.fromEntries(form));
  });
  if (result.ok) redirect("/event-types");
  return result;
}

export async function save(id: string, form: FormData): Promise<ActionResult<void>> {
  const result = await action(async () => updateEventType(await getViewer(), id, Object.fromEntries(form)));
  if (result.ok) redirect("/event-types");
  return result;
}

export async function remove(id: string): Promise<ActionResult<void>> {
  const result = await action(async () => deleteEventType(await getViewer(), id));
  if (result.ok) redirect("/event-types");
  return result;
}
