"use client";

import clsx from "clsx";
import { CalendarX2, Check, Hourglass, type LucideIcon, X } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { type BookingView, isBeingDecided } from "./booking-view";
import { outcomeWords, type Progress } from "./outcome-words";

type Props = { booking: BookingView } & Progress;

/** The one thing the visitor wants to know, announced when it changes. */
export function OutcomeHeading({ booking, ...progress }: Props) {
  const { title, text } = outcomeWords(booking, progress);
  return (
    <header className="flex flex-col items-center gap-5 px-6 pt-12 pb-8 text-center sm:px-10">
      <Sign booking={booking} />
      <div role="status" className="flex flex-col gap-2">
        <h1 className="text-balance font-semibold text-2xl leading-tight sm:text-[1.75rem]">{title}</h1>
        <p className="mx-auto max-w-md text-balance text-muted">{text}</p>
      </div>
    </header>
  );
}

const signs: Record<BookingView["status"], { icon: LucideIcon; tone: string }> = {
  pending: { icon: Hourglass, tone: "bg-accent-soft text-accent-text" },
  confirmed: { icon: Check, tone: "bg-success-soft text-success" },
  declined: { icon: CalendarX2, tone: "bg-warning-soft text-warning" },
  cancelled: { icon: X, tone: "bg-sunken text-muted" },
};

function Sign({ booking }: { booking: BookingView }) {
  const round = "grid size-16 place-items-center rounded-full";
  if (isBeingDecided(booking))
    return (
      <span className={clsx(round, "bg-accent-soft text-accent-text")}>
        <Spinner className="size-7" />
      </span>
    );
  const { icon: Icon, tone } = signs[booking.status];
  return (
    <span className={clsx(round, tone)}>
      <Icon aria-hidden="true" strokeWidth={2.25} className="size-7" />
    </span>
  );
}
