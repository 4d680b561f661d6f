"use server";

import { refresh as readPage } from "next/cache";
import type { Blocking } from "@/components/subscriptions/subscription-actions";
import { type ActionResult, action } from "@/lib/action";
import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
import { changeSubscription } from "@/lib/subscriptions/change";
import { createSubscription } from "@/lib/subscriptions/create";
import { changeFeedEvent, listLocalChanges } from "@/lib/subscriptions/local-changes";
import { refreshSubscription } from "@/lib/subscriptions/refresh";
import { removeSubscription } from "@/lib/subscriptions/remove";
import type { LocalChangeInput, NewSubscription, SubscriptionChange } from "@/lib/subscriptions/schema";
import type { LocalChange } from "@/lib/subscriptions/view";

export async function create(said: Partial<NewSubscription>): Promise<ActionResult<{ name: string }>> {
  return action(async () => nameOf(await createSubscription(await getViewer(), said, new Date())));
}

export async function save(id: string, said: SubscriptionChange): Promise<ActionResult<{ name: string }>> {
  return action(async () => nameOf(await changeSubscription(await getViewer(), id, said, new Date())));
}

export async function refresh(id: string): Promise<ActionResult<void>> {
  return change((viewer) => refreshSubscription(viewer, id, new Date()));
}

export async function setBlocking(id: string, blocking: Partial<Blocking>): Promise<ActionResult<void>> {
  return change((viewer) => changeSubscription(viewer, id, blocking, new Date()));
}

export async function remove(id: string): Promise<ActionResult<void>> {
  return change((viewer) => removeSubscription(viewer, id));
}

export async function listChanges(id: string): Promise<ActionResult<LocalChange[]>> {
  return action(async () => listLocalChanges(await getViewer(), id));
}

export async function changeEvent(
  id: string,
  eventId: string,
  said: LocalChangeInput,
): Promise<ActionResult<void>> {
  return change((viewer) => changeFeedEvent(viewer, id, eventId, said, new Date()));
}

// The address stays here: an answer says no more than the page needs.
const nameOf = ({ name }: { name: string }) => ({ name });

async function change(work: (viewer: Viewer) => Promise<unknown>): Promise<ActionResult<void>> {
  const result = await action(async () => {
    await work(await getViewer());
  });
  if (result.ok) readPage();
  return result;
}
