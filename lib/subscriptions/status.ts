export type SubscriptionStatus = "disabled" | "error" | "pending" | "synced";

type Told = {
  isEnabled: boolean;
  errorCount: number;
  lastSyncedAt: Date | null;
  syncRequestedAt: Date | null;
};

/** How a subscription is doing, the worst first. */
export function statusOf({ isEnabled, errorCount, lastSyncedAt, syncRequestedAt }: Told): SubscriptionStatus {
  if (!isEnabled) return "disabled";
  if (errorCount > 0) return "error";
  return lastSyncedAt === null || syncRequestedAt !== null ? "pending" : "synced";
}
