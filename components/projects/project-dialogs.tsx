"use client";

import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import type { ActionResult } from "@/lib/action";
import type { ProjectNode } from "@/lib/projects/list";
import type { Clock } from "@/lib/time";
import { MembersDialog } from "./members-dialog";
import { MoveDialog } from "./move-dialog";
import { NewProjectDialog } from "./new-project-dialog";
import type { ProjectActions } from "./project-actions";
import { ReachDialog } from "./reach-dialog";
import { RenameDialog } from "./rename-dialog";
import type { Tree } from "./tree";

export type Question = "create" | "rename" | "members" | "reach" | "move" | "archive" | "restore" | "remove";

/** What is asked about which project; kept while its dialog fades. */
export type Asked = { about: Question; id: string; isOpen: boolean };

/** Whose clock times are read by, and what it says. */
type Reading = { clock: Clock; now: Date };

type Props = {
  asked: Asked | null;
  tree: Tree;
  reading: Reading;
  actions: ProjectActions;
  onClose: () => void;
  /** Something was put below this one. */
  onPut: (parentId: string) => void;
};

/** One dialog at a time for the whole tree: thousands of rows with seven each would be slow. */
export function ProjectDialogs({ asked, tree, reading, actions, onClose, onPut }: Props) {
  const node = asked && tree.byId.get(asked.id);
  if (!node) return null;
  const shared = {
    node,
    open: asked.isOpen,
    onOpenChange: (isOpen: boolean) => {
      if (!isOpen) onClose();
    },
  };
  async function put<T>(answer: Promise<ActionResult<T>>, form: FormData) {
    const result = await answer;
    if (result.ok) onPut(String(form.get("parentId")));
    return result;
  }
  switch (asked.about) {
    case "create":
      return (
        <NewProjectDialog {...shared} parent={node} create={(form) => put(actions.create(form), form)} />
      );
    case "rename":
      return <RenameDialog {...shared} rename={actions.rename} />;
    case "members":
      return <MembersDialog {...shared} actions={actions} />;
    case "reach":
      return <ReachDialog {...shared} {...reading} read={actions.waiting} />;
    case "move":
      return <MoveDialog {...shared} tree={tree} move={(id, form) => put(actions.move(id, form), form)} />;
    default:
      return <Decision {...shared} about={asked.about} actions={actions} />;
  }
}

type DecisionProps = {
  about: "archive" | "restore" | "remove";
  node: ProjectNode;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  actions: ProjectActions;
};

function Decision({ about, node, actions, ...control }: DecisionProps) {
  return (
    <ConfirmDialog
      {...control}
      {...wordsFor(about, node.name)}
      keep="Cancel"
      variant={about === "remove" ? "danger" : "primary"}
      act={() => actions[about](node.id)}
      unanswered="It may have happened; look again."
    />
  );
}

function wordsFor(about: DecisionProps["about"], name: string) {
  switch (about) {
    case "archive":
      return {
        title: `Archive “${name}”?`,
        description: "It is put away with everything below it, and can be restored at any time.",
        label: "Archive",
      };
    case "restore":
      return {
        title: `Restore “${name}”?`,
        description: "It comes back with everything below it that was not archived by itself.",
        label: "Restore",
      };
    case "remove":
      return {
        title: `Delete “${name}”?`,
        description: "Nothing has ever been in it, so nothing else is lost.",
        label: "Delete",
      };
  }
}
