import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { appointments, projects } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { checkProject } from "./check";
import { isAboutProject, scopeQuery } from "./schema";

/**
 * How many appointments a binding with this scope would copy; a series counts once.
 * @throws AppError invalid, naming the field
 */
export async function countScope(viewer: Viewer, input: unknown): Promise<number> {
  const values = parseInput(scopeQuery, input);
  const { scope, scope_id, include_personal } = values;
  return asViewer(viewer, async (tx) => {
    await checkProject(tx, values);
    const isPersonal = and(
      isNull(appointments.projectId),
      // Its appointment goes with a booking that is called off, and comes when it is certain.
      sql`(${appointments.bookingId} is null or exists (
        select from bookings where bookings.id = ${appointments.bookingId} and status = 'confirmed'))`,
    );
    if (!isAboutProject(scope))
      return tx.$count(
        appointments,
        scope === "personal_only" ? isPersonal : or(isPersonal, sql`project_id is not null`),
      );
    const below = tx
      .select({ id: projects.id })
      .from(projects)
      .where(sql`${scope_id}::uuid = any (string_to_array(${projects.path}::text, '.')::uuid[])`);
    const isInside =
      scope === "project"
        ? eq(appointments.projectId, scope_id ?? "")
        : inArray(appointments.projectId, below);
    return tx.$count(appointments, include_personal ? or(isInside, isPersonal) : isInside);
  });
}
