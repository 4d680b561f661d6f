"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, ChevronDown, Search, UserRound } from "lucide-react";
import { useMemo } from "react";
import { kinds } from "@/components/projects/kinds";
import { growTree, wayTo } from "@/components/projects/tree";
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
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} collisionPadding={12} className="z-50">
          <Combobox.Popup
            aria-label="Choose a project"
            className="flex max-h-[min(26rem,var(--available-height))] w-[max(var(--anchor-width),min(22rem,calc(100vw-1.5rem)))] max-w-[calc(100vw-1.5rem)] origin-(--transform-origin) flex-col overflow-hidden rounded-lg bg-raised text-ink shadow-pop transition duration-100 data-ending-style:scale-[0.98] data-starting-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <div className="flex items-center gap-2 border-line border-b px-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <Combobox.Input
                aria-label="Search projects"
                placeholder="Name of a project or client"
                className="min-h-12 w-full bg-transparent text-base outline-none placeholder:text-faint"
              />
            </div>
            <Combobox.Empty>
              <p className="px-4 py-6 text-center text-muted">
                No project that you may add to has this name.
              </p>
            </Combobox.Empty>
            <Combobox.List className="min-h-0 overflow-y-auto overscroll-contain p-1.5 empty:p-0">
              {(choice: Choice) => <ChoiceItem key={choice.id} choice={choice} />}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function ChoiceItem({ choice }: { choice: Choice }) {
  return (
    <Combobox.Item
      value={choice}
      className="flex min-h-11 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 text-[0.9375rem] outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent-text"
      style={{ paddingInlineStart: `${0.625 + Math.min(choice.level, 5) * 1.125}rem` }}
    >
      <Dot color={choice.color} />
      <choice.Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="wrap-anywhere min-w-0 flex-1">{choice.name}</span>
      <span className="grid size-4 shrink-0 place-items-center">
        <Combobox.ItemIndicator>
          <Check aria-hidden="true" className="size-4" />
        </Combobox.ItemIndicator>
      </span>
    </Combobox.Item>
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
