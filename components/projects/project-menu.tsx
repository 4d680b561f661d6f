"use client";

import { Menu } from "@base-ui/react/menu";
import clsx from "clsx";
import {
  Archive,
  ArchiveRestore,
  CalendarSync,
  EllipsisVertical,
  FolderInput,
  type LucideIcon,
  Pencil,
  Plus,
  Trash2,
  Users,
} from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import type { ProjectNode } from "@/lib/projects/list";
import type { Question } from "./project-dialogs";
import { canHold } from "./tree";

type Item = { about: Question; label: string; Icon: LucideIcon; isGrave?: boolean };

/** Where the focus goes when a dialog about a project has closed and its row lies elsewhere. */
export const menuIdOf = (id: string) => `project-menu-${id}`;

type Props = { node: ProjectNode; hasCopies: boolean; ask: (about: Question) => void };

/** What can be done to one project, by whoever may. */
export function ProjectMenu({ node, hasCopies, ask }: Props) {
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton
            id={menuIdOf(node.id)}
            label={`Actions for ${node.name}`}
            Icon={EllipsisVertical}
            className="hover:bg-surface! data-popup-open:bg-surface data-popup-open:text-ink"
          />
        }
      />
      <Menu.Portal>
        <Menu.Positioner side="bottom" align="end" sideOffset={4} className="z-40">
          <Menu.Popup className="min-w-52 rounded-lg bg-raised p-1.5 text-ink shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {itemsFor(node, hasCopies).map(({ about, label, Icon, isGrave }) => (
              <Menu.Item
                key={about}
                onClick={() => ask(about)}
                className={clsx(
                  "flex min-h-11 cursor-default select-none items-center gap-3 rounded-md px-3 text-[0.9375rem] outline-none data-highlighted:bg-sunken",
                  isGrave && "text-danger",
                )}
              >
                <Icon aria-hidden="true" className="size-4 shrink-0" />
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function itemsFor(node: ProjectNode, hasCopies: boolean): Item[] {
  const { role, isArchived, isArchivedHere, isUsed } = node;
  const look: Item[] = [
    { about: "members", label: "Members", Icon: Users },
    ...(hasCopies ? [{ about: "reach", label: "In calendars", Icon: CalendarSync } as const] : []),
  ];
  const add: Item[] = canHold(node) ? [{ about: "create", label: "Add inside", Icon: Plus }] : [];
  if (role !== "manager") return [...add, ...look];
  return [
    ...add,
    { about: "rename", label: "Name and colour", Icon: Pencil },
    ...look,
    { about: "move", label: "Move", Icon: FolderInput },
    ...(isArchivedHere ? [{ about: "restore", label: "Restore", Icon: ArchiveRestore } as const] : []),
    ...(isArchived ? [] : [{ about: "archive", label: "Archive", Icon: Archive } as const]),
    ...(isUsed ? [] : [{ about: "remove", label: "Delete", Icon: Trash2, isGrave: true } as const]),
  ];
}
