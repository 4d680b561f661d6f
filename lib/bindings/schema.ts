import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { ProjectKind } from "@/lib/projects/schema";

export const bindingScopes = [
  "all_visible",
  "personal_only",
  "project",
  "client",
  "litigation",
  "patent",
  "case",
] as const;
export type BindingScope = (typeof bindingScopes)[number];

/** What a binding says; forms and the API name it like this, too. */
export type BindingValues = {
  calendar_id: string;
  scope: BindingScope;
  scope_id: string | null;
  include_personal: boolean;
  enabled: boolean;
};

const fields = {
  calendar_id: z.uuid("Choose one of your calendars."),
  scope: z.enum(bindingScopes, `Choose one of ${bindingScopes.join(", ")}.`),
  scope_id: z.uuid("Choose one of your projects.").nullable(),
  include_personal: z.boolean("Say true or false."),
  enabled: z.boolean("Say true or false."),
};

export const newBinding = z.object({
  ...fields,
  scope_id: fields.scope_id.default(null),
  include_personal: fields.include_personal.default(false),
  enabled: fields.enabled.default(true),
});
export const bindingChange = z.object(fields).partial();
/** What would be copied, before there is a binding. */
export const scopeQuery = newBinding.pick({ scope: true, scope_id: true, include_personal: true });

export type ScopeValues = Pick<BindingValues, "scope" | "scope_id">;

/** Whether a scope is about a project. */
export function isAboutProject(scope: BindingScope): scope is ProjectKind {
  return scope !== "all_visible" && scope !== "personal_only";
}

/** A table constraint says the same. @throws AppError invalid, naming `scope_id` */
export function checkScope({ scope, scope_id }: ScopeValues): void {
  const refuse = (sentence: string) => new AppError("invalid", sentence, { field: "scope_id" });
  if (isAboutProject(scope) && scope_id === null)
    throw refuse(scope === "project" ? "Choose a project." : `Choose a ${scope}.`);
  if (!isAboutProject(scope) && scope_id !== null)
    throw refuse(`The scope ${scope} is about no project of its own, so scope_id must be null.`);
}
