"use client";

import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import { MoveBooking, type MoveBookingProps } from "@/components/booking/move-booking";
import type { ActionResult } from "@/lib/action";

type Props = Pick<MoveBookingProps, "page" | "booking" | "other"> & {
  timeZone: string;
  move: (start: string) => Promise<ActionResult<void>>;
};

/** The host gives a confirmed booking another time, among those their own rules offer. */
export function MoveHostBooking({ page, booking, other, timeZone, move }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, start] = useTransition();
  const send = (to: string) =>
    start(async () => {
      try {
        const result = await move(to);
        if (!result.ok) setProblem(result.message);
      } catch (error) {
        unstable_rethrow(error);
        setProblem("The server did not answer. Try again; sending it twice does no harm.");
      }
    });
  return (
    <MoveBooking
      className="max-md:rounded-lg max-md:border max-md:border-line max-md:shadow-card"
      page={page}
      booking={booking}
      title={`Another time for ${other.name}`}
      note={`Your calendars are checked once more. Then the calendar entry moves, and ${other.name} gets an e-mail with the new time.`}
      other={other}
      lockedZone={{ timeZone, isPlace: false }}
      back={{ href: "/bookings", label: "Keep it as it is" }}
      onMove={send}
      isBusy={isBusy}
      problem={problem}
    />
  );
}
