"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Card } from "@/components/ui/card";
import { QueryProvider } from "@/components/ui/query-provider";
import { englishOf, usesHour12 } from "@/lib/time";
import { callApi } from "./api";
import type { BookingView } from "./booking-view";
import { OutcomeActions } from "./outcome-actions";
import { OutcomeFacts } from "./outcome-facts";
import { OutcomeHeading } from "./outcome-heading";
import { forgetAttempt } from "./use-submit";
import { useVisitor } from "./use-visitor";

type Props = { token: string; initial: BookingView; language: string };

/** The visitor's own booking. While it is undecided the page asks every second, and shows the outcome by itself. */
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
  const { visitor } = useVisitor();
  const clock = {
    timeZone: booking.visitor.time_zone,
    locale: visitor?.locale ?? englishOf(language),
    hour12: visitor?.hour12 ?? usesHour12(language),
  };
  useEffect(() => {
    if (booking.status === "declined" || booking.status === "cancelled") forgetAttempt();
  }, [booking.status]);

  return (
    <Card className="max-md:rounded-none max-md:border-0 max-md:shadow-none">
      <OutcomeHeading
        booking={booking}
        isLate={dataUpdatedAt - opened.current > 30_000}
        isOffline={failureCount > 2}
      />
      <OutcomeFacts booking={booking} clock={clock} />
      <OutcomeActions booking={booking} token={token} />
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
    refetchInterval: ({ state }) => (state.data?.status === "pending" ? 1_000 : false),
  });
}
