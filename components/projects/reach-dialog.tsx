"use client";

import { useEffect, useState } from "react";
import { TimeUntil } from "@/components/dashboard/time-ago";
import { ask } from "@/components/forms/ask";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/action";
import type { ProjectNode } from "@/lib/projects/list";
import type { WaitingCopy } from "@/lib/projects/waiting";
import { type Clock, formatDate, formatDay, formatTime } from "@/lib/time";

const unanswered = "Close this, and look again.";

type ListProps = {
  node: ProjectNode;
  clock: Clock;
  now: Date;
  read: (id: string) => Promise<ActionResult<WaitingCopy[]>>;
};
type Props = ListProps & { open: boolean; onOpenChange: (isOpen: boolean) => void };

/** What of a project has not reached the calendars it belongs in, and why. */
export function ReachDialog({ open, onOpenChange, ...list }: Props) {
  return (
    <Dialog
      title={`${list.node.name} in calendars`}
      description="Its appointments, and those of everything below, are copied into the calendars of its members that are bound to them."
      open={open}
      onOpenChange={onOpenChange}
      footer={<DialogClose render={<Button>Close</Button>} />}
    >
      <Waiting {...list} />
    </Dialog>
  );
}

function Waiting({ node, clock, now, read }: ListProps) {
  const [answer, setAnswer] = useState<ActionResult<WaitingCopy[]> | null>(null);
  useEffect(() => {
    let isGone = false;
    ask(() => read(node.id), unanswered).then((result) => {
      if (!isGone) setAnswer(result);
    });
    return () => {
      isGone = true;
    };
  }, [read, node.id]);
  if (!answer) return <Skeleton className="h-16" />;
  if (!answer.ok)
    return (
      <Banner tone="danger" live="alert">
        {answer.message}
      </Banner>
    );
  if (answer.data.length === 0)
    return <Banner tone="success" title="Everything is in the calendars it belongs in." />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard, too
    <ul aria-label="Not there yet" tabIndex={0} className="divide-y divide-line rounded-md">
      {answer.data.map((copy) => (
        <li key={copy.id} className="flex flex-col gap-0.5 py-3 first:pt-0">
          <span className="wrap-anywhere font-medium text-[0.9375rem]">{copy.title}</span>
          <span className="text-muted text-sm">
            {whenOf(copy, clock)} · for {copy.calendar ?? `a calendar of ${copy.owner}`}
          </span>
          <State copy={copy} now={now} />
        </li>
      ))}
    </ul>
  );
}

function State({ copy: { isFailing, error, dueAt }, now }: { copy: WaitingCopy; now: Date }) {
  if (!isFailing) return <span className="text-muted text-sm">On its way</span>;
  return (
    <span className="text-danger text-sm">
      {error ?? "It could not be written."}
      {dueAt && (
        <>
          {" "}
          Next try <TimeUntil instant={dueAt} now={now} />.
        </>
      )}
    </span>
  );
}

function whenOf({ startsAt, startDay }: WaitingCopy, clock: Clock): string {
  if (startDay) return formatDay(startDay, clock.locale);
  return `${formatDate(startsAt, clock)}, ${formatTime(startsAt, clock)}`;
}
