"use server";

import { refresh } from "next/cache";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
import { archiveProject } from "@/lib/projects/archive";
import { createProject } from "@/lib/projects/create";
import { addMember } from "@/lib/projects/members/add";
import { changeRole } from "@/lib/projects/members/change-role";
import { listMembers, type ProjectMember } from "@/lib/projects/members/list";
import { removeMember } from "@/lib/projects/members/remove";
import { moveProject } from "@/lib/projects/move";
import { removeProject } from "@/lib/projects/remove";
import { renameProject } from "@/lib/projects/rename";
import { restoreProject } from "@/lib/projects/restore";
import { listWaiting, type WaitingCopy } from "@/lib/projects/waiting";

export async function create(form: FormData): Promise<ActionResult<string>> {
  return change((viewer) => createProject(viewer, Object.fromEntries(form)));
}

export async function rename(id: string, form: FormData): Promise<ActionResult<void>> {
  return change((viewer) => renameProject(viewer, id, Object.fromEntries(form)));
}

export async function move(id: string, form: FormData): Promise<ActionResult<void>> {
  return change((viewer) => moveProject(viewer, id, Object.fromEntries(form)));
}

export async function archive(id: string): Promise<ActionResult<void>> {
  return change((viewer) => archiveProject(viewer, id, new Date()));
}

export async function restore(id: string): Promise<ActionResult<void>> {
  return change((viewer) => restoreProject(viewer, id));
}

export async function remove(id: string): Promise<ActionResult<void>> {
  return change((viewer) => removeProject(viewer, id));
}

export async function waiting(id: string): Promise<ActionResult<WaitingCopy[]>> {
  return action(async () => listWaiting(await getViewer(), id));
}

export async function members(id: string): Promise<ActionResult<ProjectMember[]>> {
  return action(async () => listMembers(await getViewer(), id));
}

export async function share(id: string, form: FormData): Promise<ActionResult<void>> {
  return change((viewer) => addMember(viewer, id, Object.fromEntries(form)));
}

export async function setRole(id: string, userId: string, role: string): Promise<ActionResult<void>> {
  return change((viewer) => changeRole(viewer, { projectId: id, userId }, { role }));
}

export async function unshare(id: string, userId: string): Promise<ActionResult<void>> {
  return change((viewer) => removeMember(viewer, { projectId: id, userId }));
}

async function change<T>(work: (viewer: Viewer) => Promise<T>): Promise<ActionResult<T>> {
  const result = await action(async () => work(await getViewer()));
  if (result.ok) refresh();
  return result;
}
