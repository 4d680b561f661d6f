import type { ActionResult } from "@/lib/action";
import type { ProjectMember } from "@/lib/projects/members/list";
import type { WaitingCopy } from "@/lib/projects/waiting";

/** What can be done to projects; ids first. */
export type ProjectActions = {
  create: (form: FormData) => Promise<ActionResult<string>>;
  rename: (id: string, form: FormData) => Promise<ActionResult<void>>;
  move: (id: string, form: FormData) => Promise<ActionResult<void>>;
  archive: (id: string) => Promise<ActionResult<void>>;
  restore: (id: string) => Promise<ActionResult<void>>;
  remove: (id: string) => Promise<ActionResult<void>>;
  waiting: (id: string) => Promise<ActionResult<WaitingCopy[]>>;
  members: (id: string) => Promise<ActionResult<ProjectMember[]>>;
  share: (id: string, form: FormData) => Promise<ActionResult<void>>;
  setRole: (id: string, userId: string, role: string) => Promise<ActionResult<void>>;
  unshare: (id: string, userId: string) => Promise<ActionResult<void>>;
};
