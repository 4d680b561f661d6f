import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { projectMembers, users } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { getManaged } from "../get";
import { lockProjects } from "../lock";
import { memberForm } from "../schema";

/**
 * Shares a project, and all below it, with somebody who has an account here.
 * @throws AppError not_found, forbidden, or invalid or conflict, naming the field
 */
export async function addMember(viewer: Viewer, projectId: string, input: unknown): Promise<void> {
  const { email, role } = parseInput(memberForm, input);
  const userId = await findUserId(email);
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    await getManaged(tx, projectId);
    if (!userId)
      throw new AppError("invalid", "Nobody here has this address. Ask an administrator to add them.", {
        field: "email",
      });
    const added = await tx
      .insert(projectMembers)
      .values({ projectId, userId, role })
      .onConflictDoNothing()
      .returning({ userId: projectMembers.userId });
    if (added.length === 0)
      throw new AppError("conflict", "They are a member already. Change their role in the list.", {
        field: "email",
      });
  });
}

/** As the owner: requests find nobody but themselves. */
async function findUserId(email: string): Promise<string | undefined> {
  const [user] = await database()
    .select({ id: users.id })
    .from(users)
    .where(sql`lower(${users.email}) = lower(${email})`);
  return user?.id;
}
