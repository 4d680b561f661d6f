import { useState } from "react";
import { KindIcon } from "@/components/projects/kind-icon";
import { kinds } from "@/components/projects/kinds";
import { findMatches, growTree, wayTo } from "@/components/projects/tree";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ProjectNode } from "@/lib/projects/list";
import { ChoiceCard } from "./choice-card";

type Props = {
  /** The whole tree, for the way to each. */
  nodes: ProjectNode[];
  /** Those of the kind that is wanted. */
  fitting: ProjectNode[];
  chosen: string | null;
  choose: (projectId: string) => void;
  error: string | undefined;
};

// As many as somebody looks through; the search finds the others.
const mostShown = 30;
const fewEnough = 6;

/** Which project it is about; what is chosen stays in view. */
export function ProjectPicker({ nodes, fitting, chosen, choose, error }: Props) {
  const [search, setSearch] = useState("");
  const tree = growTree(nodes);
  const found = search ? findMatches(fitting, search) : fitting;
  const shown = found.slice(0, mostShown);
  const kept = fitting.find(({ id }) => id === chosen);
  if (kept && !shown.includes(kept)) shown.unshift(kept);
  return (
    <fieldset aria-describedby={error && "binding-project"} className="flex flex-col gap-3">
      <legend className="mb-3 font-semibold text-lg leading-6">Which one?</legend>
      {fitting.length > fewEnough && (
        <Field label="Search" optional>
          <Input
            type="search"
            value={search}
            autoComplete="off"
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter") event.preventDefault();
            }}
          />
        </Field>
      )}
      <div className="grid max-h-96 gap-2 overflow-y-auto p-0.5 sm:grid-cols-2">
        {shown.map((node) => (
          <ChoiceCard
            key={node.id}
            name="scope_id"
            value={node.id}
            title={node.name}
            description={wordsOf(
              node,
              wayTo(tree, node).map(({ name }) => name),
            )}
            isChosen={node.id === chosen}
            choose={() => choose(node.id)}
          >
            <KindIcon {...node} />
          </ChoiceCard>
        ))}
      </div>
      <p aria-live="polite" className="text-muted text-sm empty:hidden">
        {found.length === 0 && "Nothing has this name."}
        {found.length > mostShown && "Search to see more."}
      </p>
      <FieldError id="binding-project">{error}</FieldError>
    </fieldset>
  );
}

function wordsOf({ kind, isArchived }: ProjectNode, way: string[]): string {
  return [kinds[kind].word, ...(isArchived ? ["archived"] : []), way.join(" › ")].filter(Boolean).join(" · ");
}
