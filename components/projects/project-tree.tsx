"use client";

import clsx from "clsx";
import { ChevronsDownUp, ChevronsUpDown, Search } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Switch } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import type { ProjectNode } from "@/lib/projects/list";
import type { Reach } from "@/lib/projects/reach";
import type { Clock } from "@/lib/time";
import type { ProjectActions } from "./project-actions";
import { type Asked, ProjectDialogs } from "./project-dialogs";
import { menuIdOf } from "./project-menu";
import { ProjectRow } from "./project-row";
import { findMatches, growTree, mostMatches, wayTo } from "./tree";

type Props = {
  nodes: ProjectNode[];
  /** By project, where anything of it belongs in a calendar. */
  reach: Record<string, Reach>;
  clock: Clock;
  now: Date;
  actions: ProjectActions;
};

// A small tree is shown whole, a large one by its top.
const fewNodes = 40;

/** All projects the viewer sees, to fold, search and change. */
export function ProjectTree({ nodes, reach, clock, now, actions }: Props) {
  const [search, setSearch] = useState("");
  const [showsArchived, setShowsArchived] = useState(false);
  const [closed, setClosed] = useState(
    () => new Set(nodes.length <= fewNodes ? [] : nodes.map(({ id }) => id)),
  );
  const [asked, setAsked] = useState<Asked | null>(null);
  const tree = useMemo(() => growTree(nodes), [nodes]);
  const sought = useDeferredValue(search.trim());

  const { shown, isCut } = useMemo(() => {
    const seen = nodes.filter(({ isArchived }) => showsArchived || !isArchived);
    if (!sought) return { shown: growTree(seen), isCut: false };
    const matches = findMatches(seen, sought);
    const kept = new Set(
      matches.slice(0, mostMatches).flatMap((node) => [...wayTo(tree, node), node].map(({ id }) => id)),
    );
    return { shown: growTree(seen.filter(({ id }) => kept.has(id))), isCut: matches.length > mostMatches };
  }, [nodes, tree, sought, showsArchived]);

  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!asked || asked.isOpen) return;
    // A row that was moved or went took along the button the focus would return to. The dialog fades first.
    const timer = setTimeout(() => {
      const button = document.getElementById(menuIdOf(asked.id));
      if (!button?.parentElement?.contains(document.activeElement)) (button ?? field.current)?.focus();
      setAsked(null);
    }, 300);
    return () => clearTimeout(timer);
  }, [asked]);

  const toggle = (id: string) =>
    setClosed((known) => {
      const next = new Set(known);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  /** Shows what was just put there. */
  const unfold = (id: string) => {
    const place = tree.byId.get(id);
    if (!place) return;
    const way = new Set([...wayTo(tree, place), place].map((each) => each.id));
    setClosed((known) => new Set([...known].filter((each) => !way.has(each))));
  };
  const canFold = !sought && shown.nodes.some(({ id }) => shown.below.has(id));
  const isAllOpen = shown.nodes.every(({ id }) => !shown.below.has(id) || !closed.has(id));
  const archived = nodes.filter(({ isArchived }) => isArchived).length;

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <div className="relative min-w-60 flex-1">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-muted"
          />
          <Input
            ref={field}
            type="search"
            aria-label="Search projects"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="ps-9"
          />
        </div>
        {canFold && (
          <Button
            variant="quiet"
            onClick={() => setClosed(new Set(isAllOpen ? nodes.map(({ id }) => id) : []))}
          >
            {isAllOpen ? <ChevronsDownUp aria-hidden="true" /> : <ChevronsUpDown aria-hidden="true" />}
            {isAllOpen ? "Collapse all" : "Expand all"}
          </Button>
        )}
        {archived > 0 && (
          <Switch
            label={`Show archived (${archived})`}
            checked={showsArchived}
            onChange={(event) => setShowsArchived(event.target.checked)}
          />
        )}
      </div>
      <Card aria-label="Projects" className="px-2 py-2 sm:px-3">
        {shown.nodes.length > 0 ? (
          <Branch
            of={null}
            level={1}
            tree={shown}
            reach={reach}
            now={now}
            isOpen={(id) => Boolean(sought) || !closed.has(id)}
            toggle={canFold ? toggle : null}
            ask={setAsked}
          />
        ) : (
          <EmptyState
            icon={Search}
            title={sought ? "Nothing has this name" : "Everything is archived"}
            description={archived > 0 && !showsArchived ? "Archived projects are hidden." : undefined}
          />
        )}
      </Card>
      <p aria-live="polite" className="text-muted text-sm empty:hidden">
        {isCut && `Only the first ${mostMatches} are shown. Type more of the name.`}
      </p>
      <ProjectDialogs
        asked={asked}
        tree={tree}
        reading={{ clock, now }}
        actions={actions}
        onClose={() => setAsked((known) => known && { ...known, isOpen: false })}
        onPut={unfold}
      />
    </div>
  );
}

type BranchProps = {
  /** Whose children; null: the top. */
  of: string | null;
  level: number;
  tree: ReturnType<typeof growTree>;
  reach: Record<string, Reach>;
  now: Date;
  isOpen: (id: string) => boolean;
  /** Null while something is sought: what was found is shown. */
  toggle: ((id: string) => void) | null;
  ask: (asked: Asked) => void;
};

// Phones have no room for more.
const indentedOnPhones = 5;

function Branch({ of, level, ...shared }: BranchProps) {
  const { tree, reach, now, isOpen, toggle, ask } = shared;
  return (
    <ul
      className={clsx(
        of && "border-line border-l sm:ml-5.5 sm:pl-3",
        of && (level > indentedOnPhones ? "pl-0.5" : "ml-3 pl-1.5"),
      )}
    >
      {(tree.below.get(of) ?? []).map((node) => {
        const hasChildren = tree.below.has(node.id);
        const isUnfolded = hasChildren && isOpen(node.id);
        return (
          <li key={node.id}>
            <ProjectRow
              node={node}
              reach={reach[node.id] ?? null}
              now={now}
              fold={hasChildren && toggle ? { isOpen: isUnfolded, toggle: () => toggle(node.id) } : null}
              ask={(about) => ask({ about, id: node.id, isOpen: true })}
            />
            {isUnfolded && <Branch {...shared} of={node.id} level={level + 1} />}
          </li>
        );
      })}
    </ul>
  );
}
