import { Eye, EyeOff, User } from "lucide-react";
import { KindIcon } from "@/components/projects/kind-icon";
import type { Binding } from "@/lib/bindings/list";

/** What is copied, as a picture; the words beside it say it, too. */
export function ScopeIcon({ scope, project }: Pick<Binding, "scope" | "project">) {
  if (project) return <KindIcon {...project} isArchived={false} />;
  const Icon = scope === "all_visible" ? Eye : scope === "personal_only" ? User : EyeOff;
  return (
    <span
      aria-hidden="true"
      className="grid size-9 shrink-0 place-items-center rounded-md bg-accent-soft text-accent-text"
    >
      <Icon className="size-4.5" />
    </span>
  );
}
