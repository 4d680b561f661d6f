import { LogOut, X } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import type { ProjectMember } from "@/lib/projects/members/list";
import { projectRoles } from "@/lib/projects/schema";
import { roles } from "./kinds";

type Props = {
  member: ProjectMember;
  /** Whether who looks decides about members. */
  isManager: boolean;
  setRole: (role: string) => void;
  remove: () => void;
};

export function MemberRow({ member, isManager, setRole, remove }: Props) {
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
            {roles[inherited.role].word} through {inherited.from ?? "a project further up"}
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
            <IconButton
              label={isViewer ? "Leave this project" : `Remove ${name}`}
              Icon={isViewer ? LogOut : X}
              onClick={remove}
            />
          )}
        </div>
      )}
    </li>
  );
}
