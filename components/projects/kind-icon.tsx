import clsx from "clsx";
import type { ProjectNode } from "@/lib/projects/list";
import { kinds } from "./kinds";

/** The kind in the project's colour; a word beside it says the kind, too. */
export function KindIcon({ kind, color, isArchived }: Pick<ProjectNode, "kind" | "color" | "isArchived">) {
  const { Icon } = kinds[kind];
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "grid size-9 shrink-0 place-items-center rounded-md",
        isArchived && "opacity-60 grayscale",
      )}
      style={{ color, backgroundColor: `color-mix(in oklab, ${color} 15%, transparent)` }}
    >
      <Icon className="size-4.5" />
    </span>
  );
}
