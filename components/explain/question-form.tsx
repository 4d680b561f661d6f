"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Form from "next/form";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { addDays, type Day, formatLength } from "@/lib/time";

type Offered = { id: string; title: string; durationMinutes: number; otherDurations: number[] };
type Props = {
  eventTypes: Offered[];
  /** What is shown now. */
  eventTypeId: string;
  durationMinutes: number;
  day: Day;
};

/** Which event type, how long, and on which day: all of it in the address. */
export function QuestionForm({ eventTypes, eventTypeId, durationMinutes, day }: Props) {
  const [chosenId, setChosenId] = useState(eventTypeId);
  const chosen = eventTypes.find(({ id }) => id === chosenId);
  const durations = chosen ? [chosen.durationMinutes, ...chosen.otherDurations] : [];
  const hrefOf = (other: Day) =>
    `/availability/explain?${new URLSearchParams({
      event_type: eventTypeId,
      day: other,
      duration: String(durationMinutes),
    })}` as Route;
  return (
    <Form
      action="/availability/explain"
      className="grid grid-cols-2 items-end gap-3 md:flex md:flex-wrap"
      scroll={false}
    >
      <Field label="Event type" className="col-span-2 md:w-64">
        <Select name="event_type" value={chosenId} onChange={({ target }) => setChosenId(target.value)}>
          {eventTypes.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      {durations.length > 1 && (
        <Field label="Length" className="max-md:col-span-2 md:w-40">
          <Select
            key={chosenId}
            name="duration"
            defaultValue={durations.includes(durationMinutes) ? durationMinutes : durations[0]}
          >
            {durations.map((minutes) => (
              <option key={minutes} value={minutes}>
                {formatLength(minutes)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label="Date" className="md:w-44">
        <Input key={day} type="date" name="day" defaultValue={day} min="2000-01-01" max="2199-12-31" />
      </Field>
      <Button type="submit" variant="primary">
        Show
      </Button>
      <div className="col-span-2 flex gap-2 md:ml-auto">
        <ButtonLink href={hrefOf(addDays(day, -1))} scroll={false} className="max-md:flex-1">
          <ChevronLeft aria-hidden="true" />
          Day before
        </ButtonLink>
        <ButtonLink href={hrefOf(addDays(day, 1))} scroll={false} className="max-md:flex-1">
          Day after
          <ChevronRight aria-hidden="true" />
        </ButtonLink>
      </div>
    </Form>
  );
}
