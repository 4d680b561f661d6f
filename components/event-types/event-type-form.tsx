"use client";

import { type FormEvent, useEffect, useMemo, useRef, useState, useTransition } from "react";
import { ask } from "@/components/forms/ask";
import { LeaveGuard } from "@/components/forms/leave-guard";
import { Banner } from "@/components/ui/banner";
import { Button, ButtonLink } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";
import { checkEventType, type Surroundings } from "@/lib/event-types/schema";
import { ApprovalSection } from "./approval-section";
import { type Draft, draftOf, inputOf, type Kept, newDraft } from "./draft";
import { LengthsSection } from "./lengths-section";
import { LimitsSection } from "./limits-section";
import { QuestionsSection } from "./questions-section";
import { WhatSection } from "./what-section";
import { WhenSection } from "./when-section";
import { WhereSection } from "./where-section";

type Input = ReturnType<typeof inputOf>;
type Props = {
  /** Null for a new one. */
  eventType: Kept | null;
  surroundings: Surroundings;
  /** The part of the address before the slug. */
  pageUrl: string;
  save: (input: Input) => Promise<ActionResult<void>>;
};

export function EventTypeForm({ eventType, surroundings, pageUrl, save }: Props) {
  const [initial] = useState(() => (eventType ? draftOf(eventType) : newDraft(surroundings)));
  const [draft, setDraft] = useState(initial);
  const [followsTitle, setFollowsTitle] = useState(eventType === null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [attempts, setAttempts] = useState(0);
  const [refusal, setRefusal] = useState<{ field: string; message: string } | null>(null);
  const [isPending, start] = useTransition();
  const form = useRef<HTMLFormElement>(null);

  const isChanged = useMemo(() => JSON.stringify(draft) !== JSON.stringify(initial), [draft, initial]);
  const problems = useMemo(() => checkEventType(inputOf(draft), surroundings), [draft, surroundings]);
  const stopping = problems.filter(({ tone }) => tone !== "hint");
  // What is only missing yet is said once somebody has been there, or wants to save.
  const shown = stopping.filter(
    ({ tone, field }) => tone === "impossible" || attempts > 0 || left.has(field),
  );
  const errorOf = (field: string) =>
    shown.find((problem) => isAbout(problem, field))?.message ??
    (refusal && isAbout(refusal, field) ? refusal.message : undefined);
  const warningOf = (field: string) =>
    problems.find((problem) => problem.field === field && problem.tone === "hint")?.message;

  useEffect(() => {
    if (attempts === 0) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-error]');
    first?.focus();
  }, [attempts]);

  const change = (part: Partial<Draft>) => {
    setDraft((known) => ({ ...known, ...part }));
    setRefusal(null);
  };
  const submit = () => {
    if (stopping.length > 0) return setAttempts((count) => count + 1);
    start(async () => {
      const result = await ask(() => save(inputOf(draft)));
      if (result.ok) return;
      // What no field of the form answers for is said above it.
      const isPlaced = result.field && form.current?.elements.namedItem(result.field);
      setRefusal({ field: isPlaced ? (result.field ?? "") : "", message: result.message });
      setAttempts((count) => count + 1);
    });
  };
  const editor = { draft, change, errorOf, warningOf };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) submit();
      }}
      onBlur={(event) => noteLeft(event, setLeft)}
      className="flex flex-col gap-6 [&_:is(input,select,textarea,button)]:scroll-mb-40"
    >
      <LeaveGuard isOn={isChanged && !isPending} />
      {refusal?.field === "" && (
        <div data-form-error tabIndex={-1} className="rounded-md outline-none">
          <Banner tone="danger" live="alert">
            {refusal.message}
          </Banner>
        </div>
      )}
      <WhatSection
        {...editor}
        pageUrl={pageUrl}
        followsTitle={followsTitle}
        stopFollowing={() => setFollowsTitle(false)}
      />
      <WhereSection {...editor} />
      <LengthsSection {...editor} />
      <WhenSection {...editor} schedules={surroundings.schedules} />
      <LimitsSection {...editor} />
      <QuestionsSection {...editor} />
      <ApprovalSection {...editor} />
      <div className="sticky bottom-[calc(4rem+env(safe-area-inset-bottom))] z-10 flex flex-wrap items-center justify-end gap-3 rounded-lg border border-line bg-surface px-5 py-3 shadow-pop lg:bottom-4">
        <p role="status" className="mr-auto min-w-0 text-sm">
          <State errors={shown.length} isChanged={isChanged} />
        </p>
        <ButtonLink href="/event-types" variant="quiet" className="max-sm:hidden">
          Cancel
        </ButtonLink>
        <Button type="submit" variant="primary" loading={isPending}>
          {eventType ? "Save changes" : "Create event type"}
        </Button>
      </div>
    </form>
  );
}

function State({ errors, isChanged }: { errors: number; isChanged: boolean }) {
  if (errors > 0)
    return (
      <span className="text-danger">
        {errors === 1 ? "One thing to correct" : `${errors} things to correct`}
      </span>
    );
  return <span className="text-muted">{isChanged ? "Not saved yet" : ""}</span>;
}

function noteLeft(
  { target }: FormEvent<HTMLFormElement>,
  set: (update: (known: ReadonlySet<string>) => ReadonlySet<string>) => void,
): void {
  const { name } = target as EventTarget & { name?: string };
  if (name) set((known) => (known.has(name) ? known : new Set([...known, name])));
}

/** A list says of its parts by number what is wrong; the field of a whole list answers for them. */
function isAbout(problem: { field: string }, field: string): boolean {
  return problem.field === field || problem.field.startsWith(`${field}.`);
}
