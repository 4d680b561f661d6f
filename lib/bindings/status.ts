/** How many copies of a binding's are where they should be, on their way, or refused. */
export type CopyCounts = { inCalendar: number; pending: number; failing: number };

export type BindingStatus = "disabled" | "error" | "pending" | "synced";

type Told = { isEnabled: boolean; lastSyncedAt: Date | null; lastError: string | null; copies: CopyCounts };

/** How a binding is doing, the worst first. */
export function statusOf({ isEnabled, lastSyncedAt, lastError, copies }: Told): BindingStatus {
  if (!isEnabled) return "disabled";
  if (lastError !== null || copies.failing > 0) return "error";
  return lastSyncedAt === null || copies.pending > 0 ? "pending" : "synced";
}
