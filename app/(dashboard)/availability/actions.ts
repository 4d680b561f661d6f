"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
import { saveWeeklyHours } from "@/lib/availability/hours";
import type { Interval } from "@/lib/availability/schema";
import { createSchedule } from "@/lib/schedules/create";
import { deleteSchedule } from "@/lib/schedules/delete";
import { makeDefaultSchedule } from "@/lib/schedules/make-default";
import { removeOverrides, saveOverride } from "@/lib/schedules/overrides";
import { saveSchedule } from "@/lib/schedules/save";
import type { DateRange, OverrideForm } from "@/lib/schedules/schema";

export async function create(form: FormData): Promise<ActionResult<void>> {
  const result = await action(async () => createSchedule(await getViewer(), Object.fromEntries(form)));
  if (result.ok) redirect(`/availability?schedule=${result.data}`);
  return result;
}

export async function save(id: string, form: FormData): Promise<ActionResult<void>> {
  return change((viewer) => saveSchedule(viewer, id, Object.fromEntries(form)));
}

export async function makeDefault(id: string): Promise<ActionResult<void>> {
  return change((viewer) => makeDefaultSchedule(viewer, id));
}

export async function remove(id: string): Promise<ActionResult<void>> {
  const result = await action(async () => deleteSchedule(await getViewer(), id));
  if (result.ok) redirect("/availability");
  return result;
}

export async function saveHours(id: string, input: { hours: Interval[] }): Promise<ActionResult<void>> {
  return change((viewer) => saveWeeklyHours(viewer, id, input));
}

export async function saveDates(id: string, input: OverrideForm): Promise<ActionResult<void>> {
  return change((viewer) => saveOverride(viewer, id, input));
}

export async function clearDates(id: string, input: DateRange): Promise<ActionResult<void>> {
  return change((viewer) => removeOverrides(viewer, id, input));
}

/** What changes this page shows it changed. */
async function change(work: (viewer: Viewer) => Promise<void>): Promise<ActionResult<void>> {
  const result = await action(async () => work(await getViewer()));
  if (result.ok) refresh();
  return result;
}
