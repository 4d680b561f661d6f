import { eq } from "drizzle-orm";
import { eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { lockHost } from "@/lib/users/lock-host";
import type { EventType } from "./list";

/** A copy under an address of its own, hidden until the host has made it what it is to be. @throws AppError not_found */
export async function duplicateEventType(viewer: Viewer, id: string): Promise<EventType> {
  return asViewer(viewer, async (tx) => {
    // Two copies at once would choose the same address.
    await lockHost(tx, viewer.userId);
    const own = await tx.select().from(eventTypes).where(eq(eventTypes.hostId, viewer.userId));
    const original = own.find((each) => each.id === id);
    if (!original) throw new AppError("not_found", "This event type does not exist any more.");
    const { id: _, createdAt: __, ...values } = original;
    const slug = freeSlug(original.slug, new Set(own.map((each) => each.slug)));
    const title = `${original.title.slice(0, 113)} (copy)`;
    const [copy] = await tx
      .insert(eventTypes)
      .values({ ...values, slug, title, isHidden: true })
      .returning();
    if (!copy) throw new Error("The insert returned no event type.");
    return copy;
  });
}

/** `intro-copy`, then `intro-copy-2`; at most 60 characters, as the table wants. */
function freeSlug(slug: string, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const ending = number === 1 ? "-copy" : `-copy-${number}`;
    const candidate = slug.slice(0, 60 - ending.length).replace(/-+$/, "") + ending;
    if (!taken.has(candidate)) return candidate;
  }
}
