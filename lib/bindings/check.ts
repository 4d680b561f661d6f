import { and, eq, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { sqlState, sqlStateOf } from "@/db/errors";
import { calendarConnections, calendars, projects } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { type BindingValues, checkScope, isAboutProject, type ScopeValues } from "./schema";

const refuse = (field: keyof BindingValues, sentence: string) => new AppError("invalid", sentence, { field });

/** @throws AppError invalid when it is none of the viewer's, or cannot be written */
export async function checkCalendar(tx: Transaction, calendarId: string): Promise<void> {
  const [found] = await tx
    .select({ name: calendars.name, isReadOnly: calendars.isReadOnly })
    .from(calendars)
    .innerJoin(calendarConnections, eq(calendarConnections.id, calendars.connectionId))
    .where(and(eq(calendars.id, calendarId), ne(calendarConnections.status, "disconnecting")));
  if (!found) throw refuse("calendar_id", "You have no such calendar.");
  if (found.isReadOnly)
    throw refuse("calendar_id", `${found.name} is read-only, so nothing can be copied into it.`);
}

/** @throws AppError invalid when it is about a project where it must not be, of another kind, or one the viewer does not see */
export async function checkProject(tx: Transaction, values: ScopeValues): Promise<void> {
  checkScope(values);
  const { scope, scope_id: id } = values;
  if (!isAboutProject(scope) || id === null) return;
  const [found] = await tx
    .select({ kind: projects.kind, name: projects.name })
    .from(projects)
    .where(eq(projects.id, id));
  if (!found) throw refuse("scope_id", "This project does not exist, or is not shared with you.");
  if (scope !== "project" && found.kind !== scope)
    throw refuse("scope_id", `“${found.name}” is a ${found.kind}, not a ${scope}.`);
}

/** Says in words what the table refuses, which may have changed since it was looked at. */
export async function orRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === sqlState.uniqueViolation)
      throw new AppError("conflict", "This calendar has such a binding already.", { field: "scope" });
    if (state === sqlState.foreignKeyViolation)
      throw new AppError("conflict", "The calendar or the project has just gone. Look again.");
    throw error;
  }
}
