import { eq } from "drizzle-orm";
import { calendarBindings } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { checkCalendar, checkProject, orRefusal } from "./check";
import { beginReading } from "./reading";
import { type BindingValues, bindingChange, newBinding } from "./schema";

/**
 * Changes what a binding copies, where to, or whether it does; what is left out stays as it is. Copies that are no
 * longer wanted are taken back.
 * @throws AppError not_found, invalid naming the field, or conflict when there is such a binding
 */
export async function changeBinding(viewer: Viewer, id: string, input: unknown, now: Date): Promise<void> {
  const change = parseInput(bindingChange, input);
  const changed = asViewer(viewer, async (tx) => {
    const [row] = await tx.select().from(calendarBindings).where(eq(calendarBindings.id, id)).for("update");
    if (!row) throw new AppError("not_found", "This binding does not exist.");
    const before = valuesOf(row);
    const after = parseInput(newBinding, { ...before, ...change });
    if (after.calendar_id !== before.calendar_id) {
      await checkCalendar(tx, after.calendar_id);
      await beginReading(tx, after.calendar_id, now);
    }
    // One whose project is out of sight can still be switched off.
    if (after.enabled || isElsewhere(before, after)) await checkProject(tx, after);
    if (!isSame(before, after))
      await tx.update(calendarBindings).set(rowOf(after)).where(eq(calendarBindings.id, id));
  });
  await orRefusal(changed);
}

type Row = typeof calendarBindings.$inferSelect;

const valuesOf = (row: Row): BindingValues => ({
  calendar_id: row.calendarId,
  scope: row.scope,
  scope_id: row.scopeId,
  include_personal: row.includePersonal,
  enabled: row.isEnabled,
});

const rowOf = (values: BindingValues) => ({
  calendarId: values.calendar_id,
  scope: values.scope,
  scopeId: values.scope_id,
  includePersonal: values.include_personal,
  isEnabled: values.enabled,
});

const isElsewhere = (before: BindingValues, after: BindingValues) =>
  before.scope !== after.scope || before.scope_id !== after.scope_id;

const isSame = (before: BindingValues, after: BindingValues) =>
  !isElsewhere(before, after) &&
  before.calendar_id === after.calendar_id &&
  before.include_personal === after.include_personal &&
  before.enabled === after.enabled;
