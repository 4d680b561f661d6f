"use client";

import { Combobox } from "@base-ui/react/combobox";
import { ChevronDown, UserRound } from "lucide-react";
import { useMemo } from "react";
import { kinds } from "@/components/projects/kinds";
import { growTree, wayTo } from "@/components/projects/tree";
import { ComboboxItem, ComboboxPopup } from "@/components/ui/combobox-popup";
import { useFieldControl } from "@/components/ui/field";
import { controlClass } from "@/components/ui/input";
import type { ProjectNode } from "@/lib/projects/list";
import { isAtLeast } from "@/lib/projects/schema";
import { personal } from "./source";

type Props = {
  projects: ProjectNode[];
  /** Null: personal. */
  value: string | null;
  onChange: (projectId: string | null) => void;
};

type Choice = {
  id: string | null;
  name: string;
  color: string;
  Icon: typeof UserRound;
  way: string;
  level: number;
};

/** Personal, or one of the projects that the viewer may add to; found by a name on the way to it. */
export function ProjectCombobox({ projects, value, onChange }: Props) {
  const choices = useMemo(() => choicesOf(projects, value), [projects, value]);
  const current = choices.find(({ id }) => id === value) ?? own;
  const { required: _, ...control } = useFieldControl();
  return (
    <Combobox.Root
      autoHighlight
      items={choices}
      value={current}
      onValueChange={(choice) => choice && onChange(choice.id)}
      isItemEqualToValue={(one, other) => one.id === other.id}
      itemToStringLabel={({ way, name }: Choice) => `${way} ${name}`}
    >
      <Combobox.Trigger {...control} className={`${controlClass} flex items-center gap-2.5 text-start`}>
        <Dot color={current.color} />
        <span className="min-w-0 flex-1 truncate">
          {current.name}
          {current.way && <span className="text-muted text-sm"> {current.way}</span>}
        </span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </Combobox.Trigger>
      <ComboboxPopup
        label="Choose a project"
        searchLabel="Search projects"
        placeholder="Name of a project or client"
        nothing="No project that you may add to has this name."
      >
        {(choice: Choice) => <ChoiceItem key={choice.id} choice={choice} />}
      </ComboboxPopup>
    </Combobox.Root>
  );
}

function ChoiceItem({ choice }: { choice: Choice }) {
  return (
    <ComboboxItem
      value={choice}
      className="gap-2.5"
      style={{ paddingInlineStart: `${0.625 + Math.min(choice.level, 5) * 1.125}rem` }}
    >
      <Dot color={choice.color} />
      <choice.Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="wrap-anywhere min-w-0 flex-1">{choice.name}</span>
    </ComboboxItem>
  );
}

const Dot = ({ color }: { color: string }) => (
  <span aria-hidden="true" className="size-3 shrink-0 rounded-full" style={{ backgroundColor: color }} />
);

const own: Choice = {
  id: null,
  name: personal.name,
  color: personal.color,
  Icon: UserRound,
  way: "",
  level: 0,
};

function choicesOf(projects: ProjectNode[], value: string | null): Choice[] {
  const tree = growTree(projects);
  const offered = projects.filter(
    ({ id, role, isArchived }) => id === value || (isAtLeast(role, "editor") && !isArchived),
  );
  const ids = new Set(offered.map(({ id }) => id));
  return [
    own,
    ...offered.map((node) => {
      const above = wayTo(tree, node);
      return {
        ...{ id: node.id, name: node.name, color: node.color, Icon: kinds[node.kind].Icon },
        way: above.map(({ name }) => name).join(" › "),
        level: above.filter(({ id }) => ids.has(id)).length,
      };
    }),
  ];
}
