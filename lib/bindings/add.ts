import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { Viewer } from "@/lib/auth/viewer";
import { beginReading } from "./reading";
import type { BindingValues } from "./schema";

/** A binding that was checked. What follows from it, a trigger asks for. */
export async function addBinding(
  tx: Transaction,
  viewer: Viewer,
  values: BindingValues,
  now: Date,
): Promise<string> {
  const id = randomUUID();
  const { calendar_id, scope, scope_id, include_personal, enabled } = values;
  await beginReading(tx, calendar_id, now);
  // Said by hand: Drizzle names every column, and a request may write these alone.
  await tx.execute(sql`
    insert into calendar_bindings (id, host_id, calendar_id, scope, scope_id, include_personal, is_enabled)
    values (${id}, ${viewer.userId}, ${calendar_id}, ${scope}, ${scope_id}, ${include_personal}, ${enabled})`);
  return id;
}
