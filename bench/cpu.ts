import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";

/** Milliseconds a process was on a CPU, where Linux says so: on a busy machine the clock measures the others too. */
export function cpuOf(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return null;
  }
}

/** What this process and PostgreSQL compute from now on, in milliseconds. */
export async function countCpu(): Promise<() => Promise<number>> {
  const before = process.cpuUsage();
  const backends = await readBackends();
  return async () => {
    const { user, system } = process.cpuUsage(before);
    const after = await readBackends();
    const theirs = [...after].reduce((sum, [pid, cpu]) => sum + cpu - (backends.get(pid) ?? 0), 0);
    return (user + system) / 1_000 + theirs;
  };
}

async function readBackends(): Promise<Map<number, number>> {
  const rows = await database().execute<{ pid: number }>(sql`
    select pid from pg_stat_activity where datname = current_database()`);
  return new Map(rows.map(({ pid }) => [pid, cpuOf(pid) ?? 0]));
}
