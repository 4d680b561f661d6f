import { randomUUID } from "node:crypto";
import { database } from "@/db/client";
import { users } from "@/db/schema";
import { viewerOf } from "@/lib/auth/viewer";
import { addDefaults } from "@/lib/users/defaults";

type User = typeof users.$inferSelect;

/** A host with a handle, office hours and one event type, and the Viewer signing in would make. */
export async function makeHost(values: Partial<typeof users.$inferInsert> = {}) {
  const handle = `host-${randomUUID().slice(0, 8)}`;
  const user = await database().transaction(async (tx) => {
    const [row] = await tx
      .insert(users)
      .values({
        email: `${handle}@example.test`,
        name: "Hanna Host",
        passwordHash: "none",
        handle,
        ...values,
      })
      .returning();
    if (!row) throw new Error("No user was made.");
    await addDefaults(tx, row.id);
    return row satisfies User;
  });
  return { user, viewer: viewerOf(user) };
}
