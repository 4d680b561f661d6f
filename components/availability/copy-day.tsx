import { Popover } from "@base-ui/react/popover";
import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { weekdays } from "@/lib/availability/schema";

type Props = { name: string; weekday: number; onCopy: (to: number[]) => void };

export function CopyDay({ name, weekday, onCopy }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [days, setDays] = useState<number[]>([]);
  const label = `Copy ${name} to other days`;
  const others = weekdays.filter((day) => day.weekday !== weekday);
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (open) setDays([]);
      }}
    >
      <Popover.Trigger
        aria-label={label}
        title={label}
        className="grid size-11 place-items-center rounded-md text-muted transition-colors hover:bg-sunken hover:text-ink"
      >
        <Copy aria-hidden="true" className="size-4" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} collisionPadding={12} className="z-50">
          <Popover.Popup className="flex w-56 flex-col rounded-lg bg-raised p-4 text-ink shadow-pop">
            <Popover.Title className="pb-1 font-semibold text-[0.9375rem]">Copy {name} to</Popover.Title>
            {others.map((day) => (
              <Checkbox
                key={day.weekday}
                label={day.name}
                className="py-1.5"
                checked={days.includes(day.weekday)}
                onChange={(event) =>
                  setDays(
                    event.target.checked
                      ? [...days, day.weekday]
                      : days.filter((chosen) => chosen !== day.weekday),
                  )
                }
              />
            ))}
            <Button
              variant="primary"
              size="sm"
              className="mt-3"
              disabled={days.length === 0}
              onClick={() => {
                onCopy(days);
                setOpen(false);
              }}
            >
              Copy hours
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
