"use client";

import { type FormEvent, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { QueryProvider } from "@/components/ui/query-provider";
import { Refused } from "./api";
import type { BookingView } from "./booking-view";
import { OutcomeFacts } from "./outcome-facts";
import { useChange } from "./use-change";
import { useReaderClock } from "./use-reader-clock";

type Props = { token: string; booking: BookingView; language: string };

/** Asks before the visitor's booking is called off. Opening the page changes nothing. */
export function CancelBooking(props: Props) {
  return (
    <QueryProvider>
      <Form {...props} />
    </QueryProvider>
  );
}

function Form({ token, booking, language }: Props) {
  const clock = useReaderClock(booking.visitor.time_zone, language);
  const [reason, setReason] = useState("");
  const { send, error, isBusy } = useChange<{ reason: string }>(token, "cancel");
  const isRequest = booking.status === "pending";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) send({ reason });
  };
  return (
    <Card className="max-md:rounded-none max-md:border-0 max-md:shadow-none">
      <header className="flex flex-col gap-2 px-6 pt-10 pb-7 sm:px-10">
        <h1 className="font-semibold text-2xl leading-tight">
          {isRequest ? "Withdraw this request?" : "Cancel this booking?"}
        </h1>
        <p className="text-muted">
          The time becomes free for others at once, and {booking.host.name} is told by e-mail.
        </p>
      </header>
      <OutcomeFacts booking={booking} clock={clock} />
      <form onSubmit={submit} noValidate className="flex flex-col gap-5 px-6 py-7 sm:px-10">
        {error && (
          <Banner tone="danger" live="alert" title="This did not work">
            {error instanceof Refused
              ? error.message
              : "We got no answer. Check your connection and try again; cancelling twice does no harm."}
          </Banner>
        )}
        <Field label={`A word to ${booking.host.name}`} optional>
          <Textarea
            name="reason"
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="danger" size="lg" loading={isBusy} className="max-sm:w-full">
            {isRequest ? "Withdraw request" : "Cancel booking"}
          </Button>
          <ButtonLink href={`/booking/${token}`} size="lg" className="max-sm:w-full">
            Keep it
          </ButtonLink>
        </div>
      </form>
    </Card>
  );
}
