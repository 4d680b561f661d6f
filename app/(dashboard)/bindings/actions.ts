"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { ScopeDraft } from "@/components/bindings/scope-count";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
import { changeBinding } from "@/lib/bindings/change";
import { countScope } from "@/lib/bindings/count";
import { createBinding } from "@/lib/bindings/create";
import { removeBinding } from "@/lib/bindings/remove";
import { syncNow } from "@/lib/bindings/sync-now";

export async function create(form: FormData): Promise<ActionResult<void>> {
  const result = await action(async () => createBinding(await getViewer(), inputOf(form), new Date()));
  if (result.ok) redirect("/bindings");
  return result;
}

export async function save(id: string, form: FormData): Promise<ActionResult<void>> {
  const result = await action(async () => changeBinding(await getViewer(), id, inputOf(form), new Date()));
  if (result.ok) redirect("/bindings");
  return result;
}

export async function setEnabled(id: string, isEnabled: boolean): Promise<ActionResult<void>> {
  return change((viewer) => changeBinding(viewer, id, { enabled: isEnabled }, new Date()));
}

export async function remove(id: string): Promise<ActionResult<void>> {
  return change((viewer) => removeBinding(viewer, id));
}

export async function sync(id: string): Promise<ActionResult<void>> {
  return action(async () => syncNow(await getViewer(), id, new Date()));
}

export async function count(draft: ScopeDraft): Promise<ActionResult<number>> {
  return action(async () => countScope(await getViewer(), draft));
}

/** A form leaves out what is not chosen. */
function inputOf(form: FormData) {
  return {
    calendar_id: form.get("calendar_id"),
    scope: form.get("scope"),
    scope_id: form.get("scope_id"),
    include_personal: form.has("include_personal"),
  };
}

async function change(work: (viewer: Viewer) => Promise<void>): Promise<ActionResult<void>> {
  const result = await action(async () => work(await getViewer()));
  if (result.ok) refresh();
  return result;
}
