import { LogOut, X } from "lucide-react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import type { ActionResult } from "@/lib/action";
import type { ProjectMember } from "@/lib/projects/members/list";
import { projectRoles } from "@/lib/projects/schema";
import { roles } from "./kinds";

type Props = {
  member: ProjectMember;
  /** The name of what they are a member of. */
  of: string;
  /** Whether who looks decides about members. */
  isManager: boolean;
  setRole: (role: string) => void;
  remove: () => Promise<ActionResult<void>>;
};

export function MemberRow({ member, of, isManager, setRole, remove }: Props) {
  const { name, email, role, inherited, isViewer } = member;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <Avatar name={name} />
      <div className="min-w-40 flex-1">
        <p className="wrap-anywhere font-medium text-[0.9375rem]">
          {name}
          {isViewer && <span className="font-normal text-muted"> (you)</span>}
        </p>
        <p className="wrap-anywhere text-muted text-sm">{email}</p>
        {inherited && (
          <p className="text-muted text-sm">
            {roles[inherited.role].word} through {sourceOf(inherited)}
          </p>
        )}
      </div>
      {role && (
        <div className="flex items-center gap-1">
          {isManager ? (
            <Select
              aria-label={`Role of ${name}`}
              value={role}
              onChange={(event) => setRole(event.target.value)}
              className="w-34"
            >
              {projectRoles.map((each) => (
                <option key={each} value={each}>
                  {roles[each].word}
                </option>
              ))}
            </Select>
          ) : (
            <Badge>{roles[role].word}</Badge>
          )}
          {(isManager || isViewer) && (
            <ConfirmDialog
              {...wordsFor(member, of)}
              trigger={
                <IconButton
                  label={isViewer ? "Leave this project" : `Remove ${name}`}
                  Icon={isViewer ? LogOut : X}
                />
              }
              keep="Cancel"
              act={remove}
              unanswered="It may have happened; look again."
            />
          )}
        </div>
      )}
    </li>
  );
}

function wordsFor({ name, inherited, isViewer }: ProjectMember, of: string) {
  const who = isViewer ? "You" : "They";
  return {
    title: isViewer ? `Leave “${of}”?` : `Remove ${name} from “${of}”?`,
    description: inherited
      ? `${who} still see it through ${sourceOf(inherited)}, as ${roles[inherited.role].word.toLowerCase()}.`
      : `${who} lose sight of it, and of everything below that is not shared by itself.`,
    label: isViewer ? "Leave" : "Remove",
  };
}

function sourceOf({ from }: NonNullable<ProjectMember["inherited"]>): string {
  return from ?? "a project further up";
}
