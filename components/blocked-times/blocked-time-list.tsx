"use client";

import { Ban, Pencil, Repeat, Trash2 } from "lucide-react";
import { startTransition, useOptimistic } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Button } from "@/components/ui/button";
import { List, ListRow } from "@/components/ui/list";
import type { ActionResult } from "@/lib/action";
import type { BlockedTime } from "@/lib/blocked-times/list";
import { type Day, zoneCity } from "@/lib/time";
import { BlockedTimeDialog } from "./blocked-time-dialog";
import { whenText } from "./words";

type Props = {
  blocks: BlockedTime[];
  today: Day;
  timeZone: string;
  now: Date;
  locale: string;
  hour12: boolean;
  save: (id: string, form: FormData) => Promise<ActionResult<void>>;
  remove: (id: string) => Promise<ActionResult<void>>;
};

export function BlockedTimeList({ blocks, locale, hour12, save, remove, ...shared }: Props) {
  const [shown, hide] = useOptimistic(blocks, (known, id: string) => known.filter((one) => one.id !== id));
  return (
    <List>
      {shown.map((block) => {
        const name = block.title ?? "Blocked";
        const when = whenText(block, { locale, hour12 });
        const Icon = block.weekdays ? Repeat : Ban;
        return (
          <ListRow
            key={block.id}
            leading={<Icon aria-hidden="true" className="size-4.5 shrink-0 text-muted" />}
            title={name}
            description={
              block.timeZone === shared.timeZone ? when : `${when} (${zoneCity(block.timeZone)} time)`
            }
            trailing={
              <>
                <BlockedTimeDialog
                  {...shared}
                  title="Change blocked time"
                  trigger={
                    <Button size="sm" aria-label={`Edit ${name}, ${when}`}>
                      <Pencil aria-hidden="true" />
                      Edit
                    </Button>
                  }
                  block={block}
                  save={save.bind(null, block.id)}
                />
                <ConfirmDialog
                  title={`Free “${name}” again?`}
                  description={`${when}. It can be booked then, if your hours and calendars have room.`}
                  trigger={
                    <Button size="sm" aria-label={`Delete ${name}, ${when}`}>
                      <Trash2 aria-hidden="true" />
                      Delete
                    </Button>
                  }
                  label="Delete"
                  act={async () => {
                    const result = await remove(block.id);
                    if (result.ok) startTransition(() => hide(block.id));
                    return result;
                  }}
                  unanswered="It may still be blocked; look again."
                />
              </>
            }
          />
        );
      })}
    </List>
  );
}
