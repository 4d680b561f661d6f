import postgres from "postgres";
import { june, subject } from "./slots-tables";

/**
 * The plans of every query that get_available_slots asks, as auto_explain tells them, line by line; what has no
 * rows of a table to read is left out.
 */
export async function explainSlots(databaseUrl: string): Promise<string[]> {
  const lines: string[] = [];
  const sql = postgres(databaseUrl, {
    max: 1,
    onnotice: ({ message }) => {
      lines.push(...(message ?? "").split("\n"));
    },
  });
  try {
    await sql`load 'auto_explain'`;
    await sql`select set_config(name, value, false) from (values
      ('auto_explain.log_min_duration', '0'), ('auto_explain.log_nested_statements', 'on'), ('client_min_messages', 'log')
    ) as setting(name, value)`;
    lines.length = 0;
    await sql`select starts_at from get_available_slots(${subject.eventTypeId}, ${june.from}, ${june.to}, ${june.now})`;
  } finally {
    await sql.end();
  }
  return lines;
}
