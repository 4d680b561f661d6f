"use server";

import { refresh } from "next/cache";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
import { deleteBlockedTime } from "@/lib/blocked-times/delete";
import { addBlockedTime, changeBlockedTime } from "@/lib/blocked-times/save";

export async function add(form: FormData): Promise<ActionResult<void>> {
  return change((viewer) => addBlockedTime(viewer, Object.fromEntries(form)));
}

export async function save(id: string, form: FormData): Promise<ActionResult<void>> {
  return change((viewer) => changeBlockedTime(viewer, id, Object.fromEntries(form)));
}

export async function remove(id: string): Promise<ActionResult<void>> {
  return change((viewer) => deleteBlockedTime(viewer, id));
}

async function change(work: (viewer: Viewer) => Promise<void>): Promise<ActionResult<void>> {
  const result = await action(async () => work(await getViewer()));
  if (result.ok) refresh();
  return result;
}
