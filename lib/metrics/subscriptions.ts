import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { SubscriptionStatus } from "@/lib/subscriptions/status";
import type { Metric } from "./text";

const statuses = ["synced", "pending", "error", "disabled"] as const satisfies SubscriptionStatus[];

/** How the feeds people subscribed to are doing. */
export async function subscriptionMetrics(): Promise<Metric[]> {
  // As statusOf has it (lib/subscriptions/status).
  const rows = await database().execute<{ status: SubscriptionStatus; n: number }>(sql`
    select case
      when not is_enabled then 'disabled'
      when error_count > 0 then 'error'
      when last_synced_at is null or sync_requested_at is not null then 'pending'
      else 'synced'
    end as status, count(*)::int as n
    from calendars where is_subscribed group by status`);
  return [
    {
      name: "calends_subscriptions",
      help: "Subscriptions by status. A disabled one is not read any more: it failed too often, or is gone for good.",
      type: "gauge",
      samples: statuses.map((status) => ({
        labels: { status },
        value: rows.find((row) => row.status === status)?.n ?? 0,
      })),
    },
  ];
}
