"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import { chooseCalendars } from "@/lib/calendars/choose";
import { syncAll } from "@/lib/calendars/sync-all";
import { syncNow } from "@/lib/calendars/sync-now";
import { connectCaldav } from "@/lib/connections/connect";
import { disconnect } from "@/lib/connections/disconnect";

export async function connectAccount(form: FormData): Promise<ActionResult<void>> {
  const result = await action(async () => connectCaldav(await getViewer(), Object.fromEntries(form)));
  if (result.ok) redirect(`/connections?new=${result.data.connectionId}`);
  return result;
}

export async function choose(connectionId: string, form: FormData): Promise<ActionResult<void>> {
  return action(async () =>
    chooseCalendars(await getViewer(), connectionId, {
      conflictIds: form.getAll("conflictIds"),
      allDayIds: form.getAll("allDayIds"),
      destinationId: form.get("destinationId") || null,
    }),
  );
}

export async function sync(calendarId: string): Promise<ActionResult<void>> {
  return action(async () => syncNow(await getViewer(), calendarId));
}

export async function syncEverything(): Promise<ActionResult<void>> {
  return action(async () => syncAll(await getViewer(), new Date()));
}

export async function disconnectAccount(connectionId: string): Promise<ActionResult<void>> {
  const result = await action(async () => disconnect(await getViewer(), connectionId));
  if (result.ok) refresh();
  return result;
}
