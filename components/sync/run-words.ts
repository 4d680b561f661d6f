import type { SyncRun } from "@/lib/sync/history";

type Run = Pick<SyncRun, "operation" | "status" | "created" | "updated" | "deleted">;

/** What a run was for. */
export const operationWords: Record<SyncRun["operation"], string> = {
  pull: "Read",
  push: "Written",
  reconcile: "Settled",
  watch: "Notifications asked for",
};

/** What a run changed: here when it read, in the calendar when it wrote. */
export function changesOf({ operation, created, updated, deleted }: Run): string {
  if (operation === "watch" || operation === "reconcile") return "–";
  const parts = [
    ...(created > 0 ? [`${created.toLocaleString("en")} new`] : []),
    ...(updated > 0 ? [`${updated.toLocaleString("en")} changed`] : []),
    ...(deleted > 0 ? [`${deleted.toLocaleString("en")} removed`] : []),
  ];
  return parts.join(", ") || "None";
}
