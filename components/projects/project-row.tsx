"use client";

import clsx from "clsx";
import { ChevronRight, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import type { ProjectNode } from "@/lib/projects/list";
import type { Reach } from "@/lib/projects/reach";
import { KindIcon } from "./kind-icon";
import { kinds, roles } from "./kinds";
import type { Question } from "./project-dialogs";
import { ProjectMenu } from "./project-menu";
import { ReachText } from "./reach-text";
import { canHold } from "./tree";

type Props = {
  node: ProjectNode;
  /** Null where nothing of it belongs in any calendar. */
  reach: Reach | null;
  now: Date;
  /** Null where nothing lies below. */
  fold: { isOpen: boolean; toggle: () => void } | null;
  ask: (about: Question) => void;
};

export function ProjectRow({ node, reach, now, fold, ask }: Props) {
  const { name, kind, role, isArchived } = node;
  return (
    <div className="flex items-center gap-0.5 rounded-md transition-colors hover:bg-sunken">
      <Fold fold={fold}>
        <ChevronRight
          aria-hidden="true"
          className={clsx(
            "size-4 shrink-0 text-muted transition-transform",
            fold ? fold.isOpen && "rotate-90" : "invisible",
          )}
        />
        <KindIcon {...node} />
        <span className="flex min-w-0 flex-col py-2 pl-1">
          <span
            className={clsx(
              "wrap-anywhere font-medium text-[0.9375rem] leading-5",
              isArchived && "text-muted",
            )}
          >
            {name}
          </span>
          <span className="text-muted text-sm leading-5">
            {kinds[kind].word}
            {isArchived && " · archived"}
            {reach && (
              <>
                {" · "}
                <ReachText reach={reach} now={now} />
              </>
            )}
          </span>
        </span>
      </Fold>
      {role !== "manager" && <Badge className="max-sm:hidden">{roles[role].word}</Badge>}
      {canHold(node) && (
        <IconButton
          label={`Add to ${name}`}
          Icon={Plus}
          onClick={() => ask("create")}
          className="hover:bg-surface! max-sm:hidden"
        />
      )}
      <ProjectMenu node={node} hasCopies={reach !== null} ask={ask} />
    </div>
  );
}

const line = "flex min-h-13 min-w-0 flex-1 items-center gap-2 rounded-md pl-1.5 text-left sm:gap-2.5 sm:pl-2";

/** The whole line opens and closes what lies below, where there is something. */
function Fold({ fold, children }: { fold: Props["fold"]; children: ReactNode }) {
  if (!fold) return <div className={line}>{children}</div>;
  return (
    <button type="button" aria-expanded={fold.isOpen} onClick={fold.toggle} className={line}>
      {children}
    </button>
  );
}
