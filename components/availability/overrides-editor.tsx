"use client";

import { startTransition, useOptimistic, useRef, useState } from "react";
import { ask } from "@/components/forms/ask";
import { Card, CardHeader } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import type { Interval, Span } from "@/lib/availability/schema";
import type { DateRange, OverrideForm as Input, OverriddenDay } from "@/lib/schedules/schema";
import { type Day, monthOf, type Weekday } from "@/lib/time";
import { OverrideForm } from "./override-form";
import { OverrideList } from "./override-list";
import { withHours } from "./override-runs";
import { OverridesCalendar } from "./overrides-calendar";

type Props = {
  overrides: OverriddenDay[];
  weekly: Interval[];
  today: Day;
  locale: string;
  weekStart: Weekday;
  hour12: boolean;
  save: (input: Input) => Promise<ActionResult<void>>;
  clear: (range: DateRange) => Promise<ActionResult<void>>;
};

type Change = { range: DateRange; hours: Span[] | null };

/** Single dates and vacations, on a calendar and as a list; what is saved shows before the server has answered. */
export function OverridesEditor({ overrides, save, clear, ...props }: Props) {
  const { today, weekly, locale, weekStart, hour12 } = props;
  const toast = useToast();
  const body = useRef<HTMLDivElement>(null);
  const [month, setMonth] = useState(monthOf(today));
  const [selection, setSelection] = useState<DateRange | null>(null);
  // A new choice of dates begins a new form; more or fewer of them keep what was entered.
  const [formKey, setFormKey] = useState(0);
  const [shown, show] = useOptimistic(overrides, (known, { range, hours }: Change) =>
    withHours(known, range, hours),
  );

  const leave = () => {
    setSelection(null);
    // The form is gone; the keyboard goes on at the date it was about.
    body.current?.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus();
  };
  const change = (range: DateRange, hours: Span[] | null) => {
    leave();
    startTransition(async () => {
      show({ range, hours });
      const result = await ask(
        () => (hours ? save({ ...range, hours }) : clear(range)),
        "Nothing was saved.",
      );
      if (result.ok) return toast(hours ? "Dates saved" : "Back to the weekly hours");
      // What was chosen comes back, to be tried again.
      setSelection(range);
      toast(result.message, "danger");
    });
  };
  const select = (range: DateRange, isNew: boolean) => {
    setSelection(range);
    if (isNew) setFormKey((key) => key + 1);
  };
  const edit = (range: DateRange, isNew: boolean) => {
    select(range, isNew);
    setMonth(monthOf(range.firstDay));
  };

  return (
    <Card aria-label="Dates with other hours">
      <CardHeader
        title="Dates with other hours"
        description="Holidays, vacations, a late evening. Choose a date; for several in a row drag, hold Shift, or set the last date."
      />
      <div
        ref={body}
        className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] px-5 pb-5 sm:px-6 sm:pb-6 lg:gap-8"
      >
        <OverridesCalendar
          month={month}
          today={today}
          overrides={shown}
          weekly={weekly}
          selection={selection}
          locale={locale}
          weekStart={weekStart}
          hour12={hour12}
          onMonth={setMonth}
          onSelect={select}
        />
        <div className="min-w-0">
          {selection ? (
            <OverrideForm
              key={formKey}
              range={selection}
              overrides={shown}
              weekly={weekly}
              today={today}
              locale={locale}
              hour12={hour12}
              onRange={(range) => edit(range, false)}
              onSave={(hours) => change(selection, hours)}
              onClear={() => change(selection, null)}
              onCancel={leave}
            />
          ) : (
            <OverrideList
              overrides={shown}
              locale={locale}
              hour12={hour12}
              onEdit={(range) => edit(range, true)}
              onRemove={(range) => change(range, null)}
            />
          )}
        </div>
      </div>
    </Card>
  );
}
