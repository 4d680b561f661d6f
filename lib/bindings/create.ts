import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { addBinding } from "./add";
import { checkCalendar, checkProject, orRefusal } from "./check";
import { checkScope, newBinding } from "./schema";

/**
 * Ties a calendar to a scope; what is in the scope is copied from now on.
 * @throws AppError invalid naming the field, or conflict when there is such a binding
 */
export async function createBinding(viewer: Viewer, input: unknown, now: Date): Promise<string> {
  const values = parseInput(newBinding, input);
  checkScope(values);
  const added = asViewer(viewer, async (tx) => {
    await checkCalendar(tx, values.calendar_id);
    await checkProject(tx, values);
    return addBinding(tx, viewer, values, now);
  });
  return orRefusal(added);
}
