import { asc, eq, inArray } from "drizzle-orm";
import { database } from "@/db/client";
import { projectMembers, projects, users } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { getProject } from "../get";
import { isAtLeast, type ProjectRole } from "../schema";

/** Who sees a project: through a role of its own there, one further up, or both. */
export type ProjectMember = {
  userId: string;
  name: string;
  email: string;
  isViewer: boolean;
  role: ProjectRole | null;
  /** The strongest further up. `from` is null where the viewer does not see that project. */
  inherited: { role: ProjectRole; from: string | null } | null;
};

/** Everybody who sees a project, by name. @throws AppError not_found */
export async function listMembers(viewer: Viewer, projectId: string): Promise<ProjectMember[]> {
  const { ids, names } = await asViewer(viewer, async (tx) => {
    const { path } = await getProject(tx, projectId);
    const ids = path.split(".").map(toUuid);
    const visible = await tx
      .select({ id: projects.id, name: projects.name })
      .from(projects)
      .where(inArray(projects.id, ids));
    return { ids, names: new Map(visible.map(({ id, name }) => [id, name])) };
  });
  // As the owner: requests read nobody's name but their own, and members further up belong to the answer.
  const rows = await database()
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      projectId: projectMembers.projectId,
      role: projectMembers.role,
    })
    .from(projectMembers)
    .innerJoin(users, eq(users.id, projectMembers.userId))
    .where(inArray(projectMembers.projectId, ids))
    .orderBy(asc(users.name), asc(users.id));
  const members = new Map<string, ProjectMember>();
  for (const { userId, name, email, role, projectId: at } of rows) {
    const known = members.get(userId);
    const member = known ?? {
      userId,
      name,
      email,
      isViewer: userId === viewer.userId,
      role: null,
      inherited: null,
    };
    members.set(userId, member);
    if (at === projectId) member.role = role;
    else if (!member.inherited || !isAtLeast(member.inherited.role, role))
      member.inherited = { role, from: names.get(at) ?? null };
  }
  return [...members.values()];
}

/** A label of a path as the id it is. */
function toUuid(label: string): string {
  return label.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
