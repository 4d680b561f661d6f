import { CalendarOff, Clock, Pencil, Trash2 } from "lucide-react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { List } from "@/components/ui/list";
import type { DateRange, OverriddenDay } from "@/lib/schedules/schema";
import { hoursText } from "./minute-text";
import { rangeText, runsOf } from "./override-runs";

type Props = {
  overrides: OverriddenDay[];
  locale: string;
  hour12: boolean;
  onEdit: (range: DateRange) => void;
  onRemove: (range: DateRange) => void;
};

/** The dates to come whose hours differ, dates in a row together. */
export function OverrideList({ overrides, locale, hour12, onEdit, onRemove }: Props) {
  const runs = runsOf(overrides);
  return (
    <section aria-label="Upcoming dates">
      <h3 className="pb-2 font-semibold">Upcoming</h3>
      {runs.length === 0 && <p className="text-[0.9375rem] text-muted">Every date has its weekly hours.</p>}
      <List className="-my-1 max-h-112 overflow-y-auto">
        {runs.map(({ hours, ...range }) => {
          const text = rangeText(range, locale);
          const Icon = hours.length === 0 ? CalendarOff : Clock;
          return (
            <li key={range.firstDay} className="flex items-center gap-3 py-2">
              <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <div className="min-w-0 flex-1">
                <p className="font-medium text-[0.9375rem]">{text}</p>
                <p className="text-muted text-sm">{hoursText(hours, hour12)}</p>
              </div>
              <div className="flex shrink-0">
                <IconButton label={`Edit ${text}`} onClick={() => onEdit(range)} Icon={Pencil} />
                <ConfirmDialog
                  title="Back to the weekly hours?"
                  description={`${text}: ${hoursText(hours, hour12)}.`}
                  trigger={<IconButton label={`Remove ${text}`} Icon={Trash2} />}
                  label="Remove"
                  act={async () => {
                    onRemove(range);
                    return { ok: true, data: undefined };
                  }}
                  unanswered=""
                />
              </div>
            </li>
          );
        })}
      </List>
    </section>
  );
}
