import { and, eq } from "drizzle-orm";
import { blockedTimes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

/** Frees the time again. Deleting what is gone already is fine. */
export async function deleteBlockedTime(viewer: Viewer, id: string): Promise<void> {
  await asViewer(viewer, (tx) =>
    tx.delete(blockedTimes).where(and(eq(blockedTimes.id, id), eq(blockedTimes.hostId, viewer.userId))),
  );
}
