import { eq } from "drizzle-orm";
import { z } from "zod";
import { eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import type { EventType } from "./list";

/** One of the viewer's event types; null when the id is nobody's or somebody else's. */
export async function findEventType(viewer: Viewer, id: string): Promise<EventType | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [row] = await asViewer(viewer, (tx) => tx.select().from(eventTypes).where(eq(eventTypes.id, id)));
  return row ?? null;
}
