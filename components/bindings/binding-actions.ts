import type { ActionResult } from "@/lib/action";

/** What can be done to bindings; ids first. */
export type BindingActions = {
  setEnabled: (id: string, isEnabled: boolean) => Promise<ActionResult<void>>;
  sync: (id: string) => Promise<ActionResult<void>>;
  remove: (id: string) => Promise<ActionResult<void>>;
};
