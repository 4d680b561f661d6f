"use client";

import { useRef, useState, useTransition } from "react";
import { ask } from "@/components/forms/ask";
import { LeaveGuard } from "@/components/forms/leave-guard";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import { type Interval, weekdays } from "@/lib/availability/schema";
import type { OverriddenDay } from "@/lib/schedules/schema";
import { DayRow } from "./day-row";
import { type Offered, TooLong } from "./too-long";
import { copyDay, findMistakes, nextInterval, type Row } from "./week";

type Props = {
  hours: Interval[];
  /** Dates with hours of their own may have room for what the week has not. */
  overrides: OverriddenDay[];
  eventTypes: Offered[];
  hour12: boolean;
  save: (input: { hours: Interval[] }) => Promise<ActionResult<void>>;
};

export function WeeklyHoursForm({ hours, overrides, eventTypes, hour12, save }: Props) {
  const toast = useToast();
  const ids = useRef(hours.length);
  const newId = () => ++ids.current;
  const [rows, setRows] = useState<Row[]>(() => hours.map((interval, index) => ({ ...interval, id: index })));
  const [isChanged, setChanged] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const mistakes = findMistakes(rows);

  const change = (next: Row[]) => {
    setRows(next);
    setChanged(true);
    setRefusal(null);
  };
  const add = (weekday: number) => {
    const interval = nextInterval(rows, weekday);
    if (interval) change([...rows, { ...interval, id: newId() }]);
  };
  const submit = () => {
    if (mistakes.size > 0) return form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    start(async () => {
      const result = await ask(() => save({ hours: rows.map(intervalOf) }), "Nothing was saved; try again.");
      if (!result.ok) return setRefusal(result.message);
      setChanged(false);
      toast("Weekly hours saved");
    });
  };

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) submit();
      }}
      className="flex flex-col gap-4"
    >
      <LeaveGuard isOn={isChanged} />
      {refusal && (
        <Banner tone="danger" live="alert">
          {refusal}
        </Banner>
      )}
      <Card aria-label="Weekly hours">
        <CardHeader title="Weekly hours" description="Repeat every week, on your clock all year round." />
        <div className="divide-y divide-line border-line border-t">
          {weekdays.map(({ weekday, name }) => (
            <DayRow
              key={weekday}
              name={name}
              weekday={weekday}
              nextDay={weekdays[weekday % 7]?.name ?? ""}
              rows={rows.filter((row) => row.weekday === weekday)}
              mistakes={mistakes}
              hour12={hour12}
              canAdd={nextInterval(rows, weekday) !== null}
              onAdd={() => add(weekday)}
              onClear={() => change(rows.filter((row) => row.weekday !== weekday))}
              onChange={(changed) => change(rows.map((row) => (row.id === changed.id ? changed : row)))}
              onRemove={(id) => change(rows.filter((row) => row.id !== id))}
              onCopy={(to) => change(copyDay(rows, weekday, to, newId))}
            />
          ))}
        </div>
        <TooLong eventTypes={eventTypes} hours={rows} overrides={overrides} />
        <CardFooter className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-10 rounded-b-lg bg-surface lg:bottom-0">
          <p role="status" className="mr-auto text-muted text-sm">
            {isChanged ? "Not saved yet" : ""}
          </p>
          <Button type="submit" variant="primary" loading={isPending}>
            Save hours
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}

const intervalOf = ({ weekday, startMinute, endMinute }: Row): Interval => ({
  weekday,
  startMinute,
  endMinute,
});
