"use client";

import { useEffect, useState, useTransition } from "react";
import { ask } from "@/components/forms/ask";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/action";
import type { ProjectNode } from "@/lib/projects/list";
import type { ProjectMember } from "@/lib/projects/members/list";
import { MemberRow } from "./member-row";
import type { ProjectActions } from "./project-actions";
import { ShareForm } from "./share-form";

const unanswered = "Close this, and look again.";

type ListProps = {
  node: ProjectNode;
  actions: Pick<ProjectActions, "members" | "share" | "setRole" | "unshare">;
  /** The viewer is no member any more. */
  onLeft: () => void;
};
type Props = Omit<ListProps, "onLeft"> & { open: boolean; onOpenChange: (isOpen: boolean) => void };

/** Who sees a project, and what they are in it; for its managers to decide. */
export function MembersDialog({ open, onOpenChange, ...list }: Props) {
  return (
    <Dialog
      title={`Members of ${list.node.name}`}
      description="They see it and everything below it."
      open={open}
      onOpenChange={onOpenChange}
      footer={<DialogClose render={<Button>Close</Button>} />}
    >
      <Members {...list} onLeft={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Members({ node, actions, onLeft }: ListProps) {
  const [members, setMembers] = useState<ProjectMember[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const { members: read } = actions;

  const load = async () => {
    const result = await ask(() => read(node.id), unanswered);
    if (result.ok) setMembers(result.data);
    else if (result.code === "not_found") onLeft();
    else setRefusal(result.message);
  };
  const change = (work: () => Promise<ActionResult<void>>) =>
    start(async () => {
      const result = await ask(work, unanswered);
      setRefusal(result.ok ? null : result.message);
      await load();
    });
  /** What asked before it says a refusal, too. */
  const remove = async (userId: string) => {
    const result = await actions.unshare(node.id, userId);
    if (result.ok) void load();
    return result;
  };

  useEffect(() => {
    let isGone = false;
    ask(() => read(node.id), unanswered).then((result) => {
      if (isGone) return;
      if (result.ok) setMembers(result.data);
      else setRefusal(result.message);
    });
    return () => {
      isGone = true;
    };
  }, [read, node.id]);

  const isManager = node.role === "manager";
  return (
    <div className="flex flex-col gap-5" aria-busy={isPending}>
      {refusal && (
        <Banner tone="danger" live="alert">
          {refusal}
        </Banner>
      )}
      {isManager && <ShareForm share={(form) => actions.share(node.id, form)} onShared={load} />}
      {members ? (
        <ul aria-label="Members" className="divide-y divide-line">
          {members.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              of={node.name}
              isManager={isManager}
              setRole={(role) => change(() => actions.setRole(node.id, member.userId, role))}
              remove={() => remove(member.userId)}
            />
          ))}
        </ul>
      ) : (
        !refusal && <Skeleton className="h-16" />
      )}
    </div>
  );
}
