import { Eye, FolderTree, User } from "lucide-react";
import { kinds } from "@/components/projects/kinds";
import type { BindingScope } from "@/lib/bindings/schema";
import type { ProjectNode } from "@/lib/projects/list";
import { ChoiceCard } from "./choice-card";
import { scopes } from "./words";

type Props = {
  nodes: ProjectNode[];
  chosen: BindingScope;
  choose: (scope: BindingScope) => void;
};

/** The scopes in the order of how much they copy. */
const inOrder = [
  "all_visible",
  "personal_only",
  "client",
  "litigation",
  "patent",
  "case",
  "project",
] as const satisfies BindingScope[];

/** What is copied; kinds of which there is nothing to see cannot be chosen. */
export function ScopePicker({ nodes, chosen, choose }: Props) {
  return (
    <fieldset>
      <legend className="mb-3 font-semibold text-lg leading-6">What is copied?</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {inOrder.map((scope) => {
          const Icon = iconOf(scope);
          const isMissing = nodesFor(nodes, scope)?.length === 0;
          return (
            <ChoiceCard
              key={scope}
              name="scope"
              value={scope}
              title={scopes[scope].word}
              description={isMissing ? "You see none yet" : scopes[scope].hint}
              isChosen={scope === chosen}
              isDisabled={isMissing && scope !== chosen}
              choose={() => choose(scope)}
            >
              <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
            </ChoiceCard>
          );
        })}
      </div>
    </fieldset>
  );
}

/** What a scope can be about; null where it is about no project. */
export function nodesFor(nodes: ProjectNode[], scope: BindingScope): ProjectNode[] | null {
  if (scope === "all_visible" || scope === "personal_only") return null;
  return scope === "project" ? nodes : nodes.filter(({ kind }) => kind === scope);
}

function iconOf(scope: BindingScope) {
  if (scope === "all_visible") return Eye;
  if (scope === "personal_only") return User;
  return scope === "project" ? FolderTree : kinds[scope].Icon;
}
