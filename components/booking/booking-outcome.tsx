"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Card } from "@/components/ui/card";
import { QueryProvider } from "@/components/ui/query-provider";
import { callApi } from "./api";
import { type BookingView, isActive, isBeingDecided } from "./booking-view";
import { OutcomeActions } from "./outcome-actions";
import { OutcomeFacts } from "./outcome-facts";
import { OutcomeHeading } from "./outcome-heading";
import { useReaderClock } from "./use-reader-clock";
import { forgetAttempt } from "./use-submit";

type Props = { token: string; initial: BookingView; language: string };

/** The visitor's own booking. While a run decides about it the page asks every second, and shows the outcome by itself. */
export function BookingOutcome(props: Props) {
  return (
    <QueryProvider>
      <Outcome {...props} />
    </QueryProvider>
  );
}

function Outcome({ token, initial, language }: Props) {
  const { data: booking, failureCount, dataUpdatedAt } = useBooking(token, initial);
  const opened = useRef(dataUpdatedAt);
  const clock = useReaderClock(booking.visitor.time_zone, language);
  const isOff = !isActive(booking);
  const isOver = new Date(booking.ends_at).getTime() <= dataUpdatedAt;
  useEffect(() => {
    if (isOff) forgetAttempt();
  }, [isOff]);

  return (
    <Card className="max-md:rounded-none max-md:border-0 max-md:shadow-none">
      <OutcomeHeading
        booking={booking}
        isLate={dataUpdatedAt - opened.current > 30_000}
        isOffline={failureCount > 2}
        isOver={isOver}
      />
      <OutcomeFacts booking={booking} clock={clock} />
      <OutcomeActions booking={booking} token={token} isOver={isOver} />
    </Card>
  );
}

function useBooking(token: string, initial: BookingView) {
  return useQuery({
    queryKey: ["booking", token],
    queryFn: async ({ signal }) => {
      const { booking } = await callApi<{ booking: BookingView }>(`/api/v1/bookings/${token}`, { signal });
      return booking;
    },
    initialData: initial,
    staleTime: 0,
    retry: 10,
    retryDelay: 2_000,
    refetchOnWindowFocus: "always",
    refetchInterval: ({ state: { data } }) => (data && isBeingDecided(data) ? 1_000 : 30_000),
  });
}
