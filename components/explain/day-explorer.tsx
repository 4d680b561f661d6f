"use client";

import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";
import type { DayExplanation, StartExplanation } from "@/lib/availability/explain";
import type { Clock } from "@/lib/time";
import { Answer } from "./answer";
import { DayStrip } from "./day-strip";
import { instantAt } from "./instant-at";

type Props = {
  explanation: DayExplanation;
  clock: Clock;
  /** Answers for a time that is none of the starts. */
  ask: (startsAt: Date) => Promise<ActionResult<StartExplanation>>;
};

/** The day to look at, and the answer for the time that was chosen or asked for. */
export function DayExplorer({ explanation, clock, ask }: Props) {
  const { starts } = explanation;
  // The page is about what is not free.
  const [choice, choose] = useState<StartExplanation | null>(
    () => starts.find(({ reasons }) => reasons.length > 0) ?? starts[0] ?? null,
  );
  // The page may have been refreshed since.
  const chosen = starts.find((one) => one.startsAt.getTime() === choice?.startsAt.getTime()) ?? choice;
  const [time, setTime] = useState("");
  const [mistake, setMistake] = useState<string>();
  const [isPending, start] = useTransition();

  const submit = () => {
    if (!time) return setMistake("Enter a time.");
    const startsAt = instantAt(time, explanation);
    const known = starts.find((one) => one.startsAt.getTime() === startsAt.getTime());
    if (known) return choose(known);
    start(async () => {
      try {
        const result = await ask(startsAt);
        if (result.ok) choose(result.data);
        else setMistake(result.message);
      } catch (error) {
        unstable_rethrow(error);
        setMistake("The server did not answer. Try again.");
      }
    });
  };

  return (
    <div className="flex flex-col gap-5 md:grid md:grid-cols-[minmax(0,1fr)_14rem] md:items-start md:gap-x-4">
      <div className="md:col-span-2">
        <DayStrip explanation={explanation} chosen={chosen} clock={clock} onChoose={choose} />
      </div>
      <ul aria-hidden="true" className="flex md:col-span-2 flex-wrap gap-x-5 gap-y-1.5 text-muted text-sm">
        <Key className="bg-success">free</Key>
        <Key className="h-1.5 border border-line-strong">not free</Key>
        <Key className="border border-line-strong border-dashed">buffer</Key>
        <Key className="border-2 border-accent border-dashed bg-accent-soft">other hours</Key>
      </ul>
      <Answer start={chosen} clock={clock} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) submit();
        }}
      >
        <Field label="Another time" error={mistake}>
          <span className="flex gap-2">
            <Input
              type="time"
              value={time}
              onChange={(event) => {
                setTime(event.target.value);
                setMistake(undefined);
              }}
            />
            <Button type="submit" loading={isPending}>
              Ask
            </Button>
          </span>
        </Field>
      </form>
    </div>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span className={`inline-block h-4 w-4 rounded-xs ${className}`} />
      {children}
    </li>
  );
}
