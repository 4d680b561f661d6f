import { sql } from "drizzle-orm";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type ActiveHour = {
  startsAt: Date;
  ok: number;
  failed: number;
  /** Half of the runs took no longer, in milliseconds; null where nothing ran. */
  medianMs: number | null;
  /** All but the slowest twentieth took no longer. */
  slowMs: number | null;
};

const hours = 24;

/** How many of the viewer's runs went well and how long they took, in each of the last 24 hours. */
export async function listActivity(
  viewer: Viewer,
  now: Date,
  { calendar }: { calendar?: string | undefined } = {},
): Promise<ActiveHour[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await asViewer(viewer, (tx) =>
    tx.execute<Row>(sql`
      with runs as (
        select date_bin('1 hour', started_at, 'epoch') as hour,
          count(*) filter (where status = 'ok')::int as ok,
          count(*) filter (where status = 'error')::int as failed,
          percentile_disc(0.5) within group (order by duration_ms)::int as median,
          percentile_disc(0.95) within group (order by duration_ms)::int as slow
        from sync_logs
        where host_id = ${viewer.userId}::uuid and ${calendar ? sql`calendar_id = ${calendar}::uuid` : sql`true`}
          and started_at >= date_bin('1 hour', ${at}, 'epoch') - interval '1 hour' * ${hours - 1}
          and started_at <= ${at}
        group by 1
      )
      select hour, coalesce(ok, 0) as ok, coalesce(failed, 0) as failed, median, slow
      from generate_series(date_bin('1 hour', ${at}, 'epoch') - interval '1 hour' * ${hours - 1},
        date_bin('1 hour', ${at}, 'epoch'), interval '1 hour') hour
      left join runs using (hour) order by hour`),
  );
  return rows.map(({ hour, ok, failed, median, slow }) => ({
    startsAt: new Date(hour),
    ok,
    failed,
    medianMs: median,
    slowMs: slow,
  }));
}

type Row = { hour: string; ok: number; failed: number; median: number | null; slow: number | null };
