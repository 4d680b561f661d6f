import type { ActionResult } from "@/lib/action";
import type { LocalChangeInput, NewSubscription, SubscriptionChange } from "@/lib/subscriptions/schema";
import type { LocalChange } from "@/lib/subscriptions/view";

/** What a switch of a subscription says. */
export type Blocking = { blocksBookings: boolean; allDayBlocks: boolean };

/** What can be done to subscriptions; ids first. */
export type SubscriptionActions = {
  refresh: (id: string) => Promise<ActionResult<void>>;
  setBlocking: (id: string, blocking: Partial<Blocking>) => Promise<ActionResult<void>>;
  remove: (id: string) => Promise<ActionResult<void>>;
  listChanges: (id: string) => Promise<ActionResult<LocalChange[]>>;
  changeEvent: (id: string, eventId: string, input: LocalChangeInput) => Promise<ActionResult<void>>;
};

/** What the form says; a change leaves out what is as it was. */
export type SaveSubscription = (
  said: Partial<NewSubscription> & SubscriptionChange,
) => Promise<ActionResult<{ name: string }>>;
