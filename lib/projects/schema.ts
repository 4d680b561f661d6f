import { z } from "zod";
import { palette } from "@/lib/event-types/schema";

export const projectKinds = ["client", "litigation", "patent", "case", "project"] as const;
export type ProjectKind = (typeof projectKinds)[number];

/** From the weakest to the strongest. */
export const projectRoles = ["viewer", "editor", "manager"] as const;
export type ProjectRole = (typeof projectRoles)[number];

/** Levels of the tree. */
export const deepest = 12;

const fields = {
  name: z.string().trim().min(1, "Give it a name.").max(120, "Use at most 120 characters."),
  color: z.enum(
    palette.map(({ color }) => color),
    "Choose one of the colours.",
  ),
};
const role = z.enum(projectRoles, "Choose a role.");
const parentId = z.uuid("Choose one of your projects.").nullable();

export const projectForm = z.object(fields);
export const newProjectForm = z.object({
  ...fields,
  kind: z.enum(projectKinds, "Choose what it is."),
  parentId: z.preprocess((value) => value || null, parentId),
});
/** The top is an empty text: a form in which nothing was chosen means nothing. */
export const moveForm = z.object({
  parentId: z.preprocess((value) => (value === "" ? null : value), parentId),
});
export const memberForm = z.object({ email: z.email("Enter an e-mail address.").max(254), role });
export const roleForm = z.object({ role });

/**
 * Whether kinds may follow each other like this on the way down; plain projects are passed over. A table constraint
 * says the same.
 */
export function isKindPath(kindPath: string): boolean {
  return /^(client(\.(litigation|patent)(\.case)?)?)?$/.test(kindPath);
}

/** The kind path of a node of this kind below one with that kind path; the top has an empty one. */
export function kindPathBelow(kindPath: string, kind: ProjectKind): string {
  if (kind === "project") return kindPath;
  return kindPath ? `${kindPath}.${kind}` : kind;
}

/** And the way back up: the kind path above a node. */
export function kindPathAbove(kindPath: string, kind: ProjectKind): string {
  return kind === "project" ? kindPath : kindPath.slice(0, -kind.length).replace(/\.$/, "");
}

/** What may be added there. */
export function kindsThatFit(kindPath: string): ProjectKind[] {
  return projectKinds.filter((kind) => isKindPath(kindPathBelow(kindPath, kind)));
}

/** Where a subtree that hung below `from` may hang instead: all its kind paths are still good below `to`. */
export function fitsBelow(kindPaths: string[], from: string, to: string): boolean {
  return kindPaths.every((kindPath) => {
    const own = kindPath.slice(from.length).replace(/^\./, "");
    return isKindPath([to, own].filter(Boolean).join("."));
  });
}

export function isAtLeast(role: ProjectRole, wanted: ProjectRole): boolean {
  return projectRoles.indexOf(role) >= projectRoles.indexOf(wanted);
}
