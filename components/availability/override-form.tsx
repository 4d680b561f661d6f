import { Plus } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { clampDay } from "@/components/booking/move-day";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Interval, Span } from "@/lib/availability/schema";
import { type DateRange, dateRange, type OverriddenDay, overrideForm } from "@/lib/schedules/schema";
import { addDays, type Day, formatDay } from "@/lib/time";
import { IntervalRow } from "./interval-row";
import { hoursText } from "./minute-text";
import { rangeText, weeklyOn } from "./override-runs";
import { nextInterval } from "./week";

type Props = {
  range: DateRange;
  overrides: OverriddenDay[];
  weekly: Interval[];
  today: Day;
  locale: string;
  hour12: boolean;
  onRange: (range: DateRange) => void;
  onSave: (hours: Span[]) => void;
  onClear: () => void;
  onCancel: () => void;
};

type Row = Span & { id: number };

/** What holds on the chosen dates instead of the weekly hours. */
export function OverrideForm(props: Props) {
  const { range, overrides, weekly, today, locale, hour12, onRange, onSave, onClear, onCancel } = props;
  // While a date is being typed it is not one yet.
  const [typed, setTyped] = useState<DateRange | null>(null);
  const { firstDay, lastDay } = range;
  const own = overrides.filter(({ day }) => day >= firstDay && day <= lastDay);
  const known = own[0];
  const [isOpen, setOpen] = useState((known?.hours.length ?? 0) > 0);
  const ids = useRef(0);
  const [rows, setRows] = useState<Row[]>(() =>
    (known && known.hours.length > 0 ? known.hours : startWith(weeklyOn(weekly, firstDay))).map((span) => ({
      ...span,
      id: ++ids.current,
    })),
  );
  const [isAsked, setAsked] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const name = useId();
  const headingId = useId();

  const hours = isOpen ? rows.map(({ startMinute, endMinute }) => ({ startMinute, endMinute })) : [];
  const issues = overrideForm.safeParse({ ...(typed ?? range), hours }).error?.issues ?? [];
  const mistakeAt = (field: string, index?: number) =>
    issues.find(({ path }) => path[0] === field && path[1] === index)?.message;
  const isPast = typed !== null && typed.firstDay < today;
  const isEmpty = isOpen && rows.length === 0;

  const type = (next: DateRange) => {
    const isRange = next.firstDay >= today && dateRange.safeParse(next).success;
    setTyped(isRange ? null : next);
    if (isRange) onRange(next);
  };

  useEffect(() => {
    if (isAsked) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [isAsked]);

  return (
    <form
      ref={form}
      aria-labelledby={headingId}
      onSubmit={(event) => {
        event.preventDefault();
        if (issues.length > 0 || isEmpty || isPast) return setAsked(true);
        onSave([...hours].sort((one, other) => one.startMinute - other.startMinute));
      }}
      className="flex flex-col gap-4"
    >
      <div className="flex flex-col gap-0.5">
        <h3 id={headingId} aria-live="polite" className="font-semibold">
          {rangeText(range, locale)}
        </h3>
        <p className="text-muted text-sm">
          {firstDay === lastDay
            ? `Weekly hours that day: ${hoursText(weeklyOn(weekly, firstDay), hour12)}.`
            : "Each of these dates, instead of its weekly hours."}
        </p>
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="First date"
          error={mistakeAt("firstDay") ?? (isPast ? "This date is past." : undefined)}
        >
          <DateInput
            min={today}
            value={(typed ?? range).firstDay}
            onChange={(day) => type({ firstDay: day, lastDay: clampDay(lastDay, day, lastDay) })}
            onLeave={() => setTyped(null)}
          />
        </Field>
        <Field label="Last date" error={mistakeAt("lastDay")}>
          <DateInput
            min={firstDay}
            value={(typed ?? range).lastDay}
            onChange={(day) => type({ firstDay, lastDay: day })}
            onLeave={() => setTyped(null)}
          />
        </Field>
      </div>
      <fieldset className="flex flex-col">
        <legend className="sr-only">Hours on these dates</legend>
        <Choice name={name} label="Closed" checked={!isOpen} onChange={() => setOpen(false)} />
        <Choice name={name} label="Other hours" checked={isOpen} onChange={() => setOpen(true)} />
      </fieldset>
      {isOpen && (
        <div className="flex flex-col gap-2">
          {rows.map((row, index) => (
            <IntervalRow
              key={row.id}
              label={rows.length > 1 ? `Interval ${index + 1},` : "Hours,"}
              nextDay={formatDay(addDays(lastDay, 1), locale)}
              span={row}
              mistake={mistakeAt("hours", index)}
              hour12={hour12}
              onChange={(span) => setRows(rows.map((one) => (one.id === row.id ? { ...one, ...span } : one)))}
              onRemove={() => setRows(rows.filter(({ id }) => id !== row.id))}
            />
          ))}
          {isEmpty && (
            <p role={isAsked ? "alert" : undefined} className="text-danger text-sm">
              Add hours, or choose “Closed”.
            </p>
          )}
          <Button
            size="sm"
            variant="quiet"
            className="self-start"
            onClick={() => {
              const next = nextInterval(
                rows.map((row) => ({ ...row, weekday: 1 })),
                1,
              );
              if (next) setRows([...rows, { ...next, id: ++ids.current }]);
            }}
          >
            <Plus aria-hidden="true" />
            Add hours
          </Button>
        </div>
      )}
      <div className="flex flex-wrap justify-end gap-2 border-line border-t pt-4">
        {known && (
          <Button
            size="sm"
            variant={isConfirming ? "danger" : "quiet"}
            className="mr-auto"
            onBlur={() => setConfirming(false)}
            onClick={() => (isConfirming ? onClear() : setConfirming(true))}
          >
            {isConfirming ? "Yes, back to weekly hours" : "Use weekly hours"}
          </Button>
        )}
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary">
          Save {firstDay === lastDay ? "date" : "dates"}
        </Button>
      </div>
    </form>
  );
}

type DateInputProps = { min: Day; value: Day; onChange: (day: Day) => void; onLeave: () => void };

function DateInput({ onChange, onLeave, ...props }: DateInputProps) {
  return <Input type="date" {...props} onChange={({ target }) => onChange(target.value)} onBlur={onLeave} />;
}

type ChoiceProps = { name: string; label: string; checked: boolean; onChange: () => void };

function Choice({ label, ...props }: ChoiceProps) {
  return (
    <label className="flex min-h-11 items-center gap-3 text-[0.9375rem]">
      <input type="radio" {...props} className="size-5 accent-(--accent)" />
      {label}
    </label>
  );
}

/** Weekly hours are the best guess at what is to change a little; a free day opens as office hours. */
function startWith(weekly: Interval[]): Span[] {
  return weekly.length > 0 ? weekly : [{ startMinute: 540, endMinute: 1020 }];
}
