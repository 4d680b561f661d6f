"use client";

import clsx from "clsx";
import { CalendarX2, Check, type LucideIcon, X } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import type { BookingView } from "./booking-view";

type Props = { booking: BookingView; isLate: boolean; isOffline: boolean };

/** The one thing the visitor wants to know, announced when it changes. */
export function OutcomeHeading({ booking, isLate, isOffline }: Props) {
  const { title, text } = words(booking, isLate, isOffline);
  return (
    <header className="flex flex-col items-center gap-5 px-6 pt-12 pb-8 text-center sm:px-10">
      <Sign status={booking.status} />
      <div role="status" className="flex flex-col gap-2">
        <h1 className="font-semibold text-2xl leading-tight sm:text-[1.75rem]">{title}</h1>
        <p className="mx-auto max-w-md text-balance text-muted">{text}</p>
      </div>
    </header>
  );
}

function words({ status, decline_reason, host }: BookingView, isLate: boolean, isOffline: boolean) {
  switch (status) {
    case "pending":
      return {
        title: "Confirming your booking…",
        text: isOffline
          ? "We cannot reach the server at the moment and keep trying. The time is held for you."
          : isLate
            ? `This takes longer than usual. The time is held for you; you can leave and come back to this address.`
            : `We are checking ${host.name}’s calendar once more. The time is held for you.`,
      };
    case "confirmed":
      return { title: "You are booked", text: `${host.name} is expecting you.` };
    case "declined":
      return {
        title: "This time did not work out",
        text:
          decline_reason === "conflict"
            ? `Something else was entered in ${host.name}’s calendar in the meantime. Nothing was booked.`
            : `${host.name}’s calendar could not be checked, so nothing was booked and the time is free again.`,
      };
    case "cancelled":
      return { title: "This booking was cancelled", text: "The time is free again." };
  }
}

const signs: Record<Exclude<BookingView["status"], "pending">, { icon: LucideIcon; tone: string }> = {
  confirmed: { icon: Check, tone: "bg-success-soft text-success" },
  declined: { icon: CalendarX2, tone: "bg-warning-soft text-warning" },
  cancelled: { icon: X, tone: "bg-sunken text-muted" },
};

function Sign({ status }: Pick<BookingView, "status">) {
  const round = "grid size-16 place-items-center rounded-full";
  if (status === "pending")
    return (
      <span className={clsx(round, "bg-accent-soft text-accent-text")}>
        <Spinner className="size-7" />
      </span>
    );
  const { icon: Icon, tone } = signs[status];
  return (
    <span className={clsx(round, tone)}>
      <Icon aria-hidden="true" strokeWidth={2.25} className="size-7" />
    </span>
  );
}
