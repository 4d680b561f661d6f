import { kinds } from "@/components/projects/kinds";
import type { Status } from "@/components/ui/badge";
import type { Binding } from "@/lib/bindings/list";
import type { BindingScope } from "@/lib/bindings/schema";
import type { ProjectKind } from "@/lib/projects/schema";

/** What a scope copies, for whoever chooses one. */
export const scopes: Record<BindingScope, { word: string; hint: string }> = {
  all_visible: {
    word: "Everything I see",
    hint: "Your personal appointments, and all on projects you are a member of",
  },
  personal_only: {
    word: "Personal appointments",
    hint: "Yours alone, and your bookings; nothing of any project",
  },
  client: { word: "A client", hint: "With all its litigations, patents, cases and projects" },
  litigation: { word: "A litigation", hint: "With its cases, and whatever else lies below" },
  patent: { word: "A patent", hint: "With its cases, and whatever else lies below" },
  case: { word: "A case", hint: "With whatever lies below" },
  project: { word: "One project alone", hint: "Of any kind; nothing of what lies below" },
};

type Scoped = Pick<Binding, "scope" | "includePersonal"> & {
  project: { name: string; kind: ProjectKind } | null;
};

/** What a binding copies, as a name and what that means. */
export function scopeText({ scope, includePersonal, project }: Scoped): { name: string; means: string } {
  switch (scope) {
    case "all_visible":
      return { name: "Everything you see", means: "Personal appointments, and all on your projects" };
    case "personal_only":
      return { name: "Personal appointments", means: "Yours alone, and your bookings" };
    default: {
      const kind = kinds[project?.kind ?? scope].word;
      const reach = scope === "project" ? `${kind}, itself alone` : `${kind}, and everything below`;
      return {
        name: project?.name ?? "A project you no longer see",
        means: includePersonal ? `${reach}; and your personal appointments` : reach,
      };
    }
  }
}

/** Its project was taken out of the host's sight, so that it copies nothing of it. */
export const isOutOfSight = ({ scopeId, project }: Pick<Binding, "scopeId" | "project">) =>
  scopeId !== null && project === null;

type Told = Pick<Binding, "status" | "scopeId" | "project" | "copies" | "leaving" | "lastSyncedAt"> & {
  connection: Pick<Binding["connection"], "status">;
};

/** How a binding is doing, in a word. */
export function healthOf(binding: Told): { status: Status; word: string } {
  const { status, copies, leaving, lastSyncedAt } = binding;
  if (status === "disabled") return { status: "off", word: leaving > 0 ? "Being cleared" : "Off" };
  if (binding.connection.status !== "connected") return { status: "failed", word: "Locked out" };
  if (status === "error") return { status: "failed", word: "Failing" };
  if (isOutOfSight(binding)) return { status: "attention", word: "Out of sight" };
  const left = copies.pending + leaving;
  if (left > 0) return { status: "working", word: `${left.toLocaleString("en")} to go` };
  return lastSyncedAt ? { status: "ok", word: "In step" } : { status: "working", word: "Beginning" };
}

/** What changes with every run for a binding, whether it went well or not. */
export const runOf = ({ lastSyncedAt, errorCount, calendar }: Binding) =>
  [lastSyncedAt?.getTime(), errorCount, calendar.lastSyncedAt?.getTime(), calendar.errorCount].join();
