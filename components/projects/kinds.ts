import { BriefcaseBusiness, Folder, Gavel, Lightbulb, type LucideIcon, Scale } from "lucide-react";
import type { ProjectKind, ProjectRole } from "@/lib/projects/schema";

/** What a kind looks like, and is called. */
export const kinds: Record<ProjectKind, { Icon: LucideIcon; word: string; hint: string }> = {
  client: { Icon: BriefcaseBusiness, word: "Client", hint: "Holds litigations and patents" },
  litigation: { Icon: Scale, word: "Litigation", hint: "Of this client; holds cases" },
  patent: { Icon: Lightbulb, word: "Patent", hint: "Of this client; holds cases" },
  case: { Icon: Gavel, word: "Case", hint: "One proceeding" },
  project: { Icon: Folder, word: "Project", hint: "Anything else; fits everywhere" },
};

export const roles: Record<ProjectRole, { word: string; hint: string }> = {
  viewer: { word: "Viewer", hint: "reads" },
  editor: { word: "Editor", hint: "adds" },
  manager: { word: "Manager", hint: "decides" },
};
