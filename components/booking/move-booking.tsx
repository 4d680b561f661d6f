"use client";

import { ArrowLeft } from "lucide-react";
import type { Route } from "next";
import { Banner } from "@/components/ui/banner";
import { Button, ButtonLink } from "@/components/ui/button";
import { QueryProvider } from "@/components/ui/query-provider";
import type { BookingPage } from "@/lib/booking/public";
import { dayOf, monthOf } from "@/lib/time";
import { BookerSkeleton } from "./booker-skeleton";
import { BookingWhen, type Times } from "./booking-when";
import { LockedZone } from "./locked-zone";
import { Fact } from "./outcome-facts";
import { detailsPanel } from "./panels";
import { SlotPicker } from "./slot-picker";
import { Steps } from "./steps";
import { useBookingUrl } from "./use-booking-url";
import { useVisitor } from "./use-visitor";
import { ZonePicker } from "./zone-picker";

export type MoveBookingProps = {
  page: BookingPage;
  /** The booking as it is. */
  booking: Times & { token: string; durationMinutes: number };
  title: string;
  /** What happens once the new time is sent. */
  note: string;
  /** The other side, for whom the times are written too. */
  other: { name: string; timeZone: string };
  /** Shown instead of the reader's own: a place's, or the host's. */
  lockedZone: { timeZone: string; isPlace: boolean } | null;
  back: { href: Route; label: string };
  onMove: (start: string) => void;
  isBusy: boolean;
  /** Why the last try did not work. */
  problem: string | null;
};

/** Another time for a booking: pick one, see old and new side by side, send it. */
export function MoveBooking(props: MoveBookingProps) {
  const { page, booking, title, lockedZone, back } = props;
  const { visitor, setTimeZone, setHour12 } = useVisitor(lockedZone?.timeZone ?? null);
  const { place, go } = useBookingUrl();
  const instant = new Date(place.slot ?? booking.starts_at);
  return (
    <div className="bg-surface md:grid md:grid-cols-[minmax(0,1fr)_17rem] md:rounded-xl md:border md:border-line md:shadow-card lg:min-h-[35rem] lg:grid-cols-[18.5rem_minmax(0,1fr)_17.5rem]">
      <header className="flex flex-col gap-5 p-5 pb-1 sm:p-7 md:col-span-2 md:border-line md:border-b lg:col-span-1 lg:border-e lg:border-b-0 lg:p-8">
        <div>
          <p className="text-[0.9375rem] text-muted">{page.eventType.title}</p>
          <h1 className="text-balance font-semibold text-xl leading-7 lg:text-2xl lg:leading-8">{title}</h1>
        </div>
        {visitor && (
          <dl className="flex flex-col gap-1">
            <dt className="text-muted text-sm">Now</dt>
            <dd className="leading-6">
              <BookingWhen times={booking} clock={visitor} other={props.other} />
            </dd>
          </dl>
        )}
        {visitor &&
          (lockedZone ? (
            lockedZone.isPlace && <LockedZone timeZone={lockedZone.timeZone} instant={instant} />
          ) : (
            <ZonePicker timeZone={visitor.timeZone} instant={instant} onChange={setTimeZone} />
          ))}
        <ButtonLink href={back.href} variant="quiet" className="w-fit max-lg:-ml-4 lg:-ml-4">
          <ArrowLeft aria-hidden="true" className="rtl:rotate-180" />
          {back.label}
        </ButtonLink>
      </header>
      {!visitor ? (
        <BookerSkeleton host={page.host} />
      ) : (
        <QueryProvider>
          {place.slot ? (
            <Steps host={page.host.handle} place={place}>
              <Decision {...props} start={place.slot} clock={visitor} onBack={() => go({ slot: null })} />
            </Steps>
          ) : (
            <SlotPicker
              page={page}
              visitor={visitor}
              durationMinutes={booking.durationMinutes}
              excludeToken={booking.token}
              onSlot={({ start }) => {
                const day = dayOf(new Date(start), visitor.timeZone);
                go({ slot: start, day, month: monthOf(day) });
              }}
              onHour12={setHour12}
            />
          )}
        </QueryProvider>
      )}
    </div>
  );
}

type DecisionProps = Pick<
  MoveBookingProps,
  "booking" | "note" | "other" | "onMove" | "isBusy" | "problem"
> & {
  start: string;
  clock: Parameters<typeof BookingWhen>[0]["clock"];
  onBack: () => void;
};

function Decision({ booking, note, other, onMove, isBusy, problem, start, clock, onBack }: DecisionProps) {
  const end = new Date(Date.parse(start) + booking.durationMinutes * 60_000).toISOString();
  return (
    <div className={detailsPanel}>
      <Button variant="quiet" className="-mt-2.5 -ml-4 mb-2" onClick={onBack}>
        <ArrowLeft aria-hidden="true" className="rtl:rotate-180" />
        Choose another time
      </Button>
      <h2 data-step="details" tabIndex={-1} className="pb-5 font-semibold text-xl">
        Move it to this time?
      </h2>
      {problem && (
        <Banner tone="danger" live="alert" title="This did not work" className="mb-5">
          {problem}
        </Banner>
      )}
      <dl className="mb-6 flex max-w-xl flex-col gap-5">
        <Fact name="From">
          <BookingWhen times={booking} clock={clock} other={other} isOff />
        </Fact>
        <Fact name="To">
          <BookingWhen times={{ starts_at: start, ends_at: end }} clock={clock} other={other} />
        </Fact>
      </dl>
      <p className="mb-6 max-w-prose text-muted">{note}</p>
      <Button
        variant="primary"
        size="lg"
        loading={isBusy}
        onClick={() => onMove(start)}
        className="w-full sm:w-fit sm:min-w-48"
      >
        Move booking
      </Button>
    </div>
  );
}
