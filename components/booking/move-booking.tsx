"use client";

import clsx from "clsx";
import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Route } from "next";
import { Banner } from "@/components/ui/banner";
import { Button, ButtonLink } from "@/components/ui/button";
import { QueryProvider } from "@/components/ui/query-provider";
import type { BookingPage } from "@/lib/booking/public";
import { dayOf, monthOf } from "@/lib/time";
import { BookerSkeleton } from "./booker-skeleton";
import { BookingWhen, type Times } from "./booking-when";
import { LockedZone } from "./locked-zone";
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
  /** The time asked for before, while nobody has decided about it. */
  asked?: Times | null;
  title: string;
  /** What happens once the new time is sent. */
  note: string;
  /** The other side, for whom the times are written too. */
  other: { name: string; timeZone: string };
  /** Shown instead of the reader's own: a place's, or the host's. */
  lockedZone: { timeZone: string; isPlace: boolean } | null;
  back: { href: Route; label: string };
  className?: string;
  onMove: (start: string) => void;
  isBusy: boolean;
  /** Why the last try did not work. */
  problem: string | null;
};

/** Another time for a booking: pick one, see old and new side by side, send it. */
export function MoveBooking(props: MoveBookingProps) {
  const { page, booking, asked, title, lockedZone, back } = props;
  const { visitor, setTimeZone, setHour12 } = useVisitor(lockedZone?.timeZone ?? null);
  const { place, go } = useBookingUrl();
  const instant = new Date(place.slot ?? booking.starts_at);
  return (
    <div
      className={clsx(
        "bg-surface md:grid md:grid-cols-[minmax(0,1fr)_17rem] md:rounded-xl md:border md:border-line md:shadow-card lg:min-h-[35rem] lg:grid-cols-[18.5rem_minmax(0,1fr)_17.5rem]",
        props.className,
      )}
    >
      <header className="flex flex-col gap-5 p-5 pb-1 sm:p-7 md:col-span-2 md:border-line md:border-b lg:col-span-1 lg:border-e lg:border-b-0 lg:p-8">
        <div>
          <p className="text-[0.9375rem] text-muted">{page.eventType.title}</p>
          <h1 className="text-balance font-semibold text-xl leading-7 lg:text-2xl lg:leading-8">{title}</h1>
        </div>
        {visitor && !place.slot && (
          <dl className="flex flex-col gap-4">
            <Time name="Now" times={booking} clock={visitor} other={props.other} />
            {asked && <Time name="Asked for" times={asked} clock={visitor} other={props.other} />}
          </dl>
        )}
        {visitor &&
          (lockedZone ? (
            lockedZone.isPlace && <LockedZone timeZone={lockedZone.timeZone} instant={instant} />
          ) : (
            <ZonePicker timeZone={visitor.timeZone} instant={instant} onChange={setTimeZone} />
          ))}
        {!place.slot && (
          <ButtonLink
            href={back.href}
            variant="quiet"
            className={clsx("-ms-4 w-fit", place.day && "max-md:hidden")}
          >
            <ArrowLeft aria-hidden="true" className="rtl:rotate-180" />
            {back.label}
          </ButtonLink>
        )}
      </header>
      {!visitor ? (
        <BookerSkeleton host={page.host} />
      ) : (
        <QueryProvider>
          <Steps host={page.host.handle} place={place}>
            {place.slot ? (
              <Decision {...props} start={place.slot} clock={visitor} onBack={() => go({ slot: null })} />
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
          </Steps>
        </QueryProvider>
      )}
    </div>
  );
}

type TimeProps = Parameters<typeof BookingWhen>[0] & { name: string; className?: string };

function Time({ name, className, ...when }: TimeProps) {
  return (
    <div className={clsx("flex flex-col gap-1", className)}>
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="leading-6">
        <BookingWhen {...when} />
      </dd>
    </div>
  );
}

type DecisionProps = Omit<MoveBookingProps, "page" | "title" | "lockedZone"> & {
  start: string;
  clock: Parameters<typeof BookingWhen>[0]["clock"];
  onBack: () => void;
};

function Decision(props: DecisionProps) {
  const { booking, asked, other, back, onMove, isBusy, problem, start, clock, onBack } = props;
  const end = new Date(Date.parse(start) + booking.durationMinutes * 60_000).toISOString();
  const to = { starts_at: start, ends_at: end };
  const isSame = start === booking.starts_at;
  const from = isSame ? asked : booking;
  const { heading, note, button } = isSame ? staying(asked) : { ...moving, note: props.note };
  return (
    <div className={clsx(detailsPanel, "@container")}>
      <Button variant="quiet" className="-mt-2.5 -ml-4 mb-2" onClick={onBack}>
        <ArrowLeft aria-hidden="true" className="rtl:rotate-180" />
        Choose another time
      </Button>
      <h2 data-step="details" tabIndex={-1} className="pb-5 font-semibold text-xl">
        {heading}
      </h2>
      {problem && (
        <Banner tone="danger" live="alert" title="This did not work" className="mb-5">
          {problem}
        </Banner>
      )}
      <dl className="mb-6 flex max-w-2xl flex-col gap-3 @xl:flex-row">
        {from && (
          <>
            <Time
              name={isSame ? "Asked for" : "From"}
              {...{ times: from, clock, other }}
              isOff
              className="flex-1 rounded-md border border-line p-4"
            />
            <ArrowRight
              aria-hidden="true"
              className="size-5 shrink-0 self-center text-muted rotate-90 @xl:rotate-0 rtl:@xl:rotate-180"
            />
          </>
        )}
        <Time
          name={isSame ? "Now" : "To"}
          {...{ times: to, clock, other }}
          className="flex-1 rounded-md border border-accent-line bg-accent-soft/40 p-4"
        />
      </dl>
      {note && <p className="mb-6 max-w-prose text-muted">{note}</p>}
      <div className="flex flex-wrap gap-3">
        {button && (
          <Button
            variant="primary"
            size="lg"
            loading={isBusy}
            onClick={() => onMove(start)}
            className="max-sm:w-full"
          >
            {button}
          </Button>
        )}
        <ButtonLink href={back.href} size="lg" className="max-sm:w-full">
          {back.label}
        </ButtonLink>
      </div>
    </div>
  );
}

const moving = { heading: "Move it to this time?", button: "Move booking" };

/** The time it has was chosen: there is nothing to do, or the wish for another is taken back. */
function staying(asked: MoveBookingProps["asked"]) {
  return asked
    ? {
        heading: "Stay with this time?",
        note: "The time asked for becomes free for others at once.",
        button: "Stay with this time",
      }
    : { heading: "This is the time it has", note: null, button: null };
}
