import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

export type Profile = Awaited<ReturnType<typeof getProfile>>;

export async function getProfile(viewer: Viewer) {
  const [row] = await asViewer(viewer, (tx) =>
    tx
      .select({
        name: users.name,
        email: users.email,
        handle: users.handle,
        timeZone: users.timeZone,
        role: users.role,
      })
      .from(users)
      .where(eq(users.id, viewer.userId)),
  );
  if (!row) throw new AppError("signed_out", "This account does not exist any more.");
  return row;
}
