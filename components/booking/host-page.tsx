import { ChevronRight, Clock3 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import type { BookingPage } from "@/lib/booking/public";
import { formatDurations } from "./duration";
import { durationsOf } from "./durations";
import { EventColor } from "./event-color";
import { placeIcons } from "./meeting-panel";
import { placeWords } from "./place-words";

type HostPageProps = { host: BookingPage["host"]; eventTypes: BookingPage["eventType"][]; empty: ReactNode };

/** Everything a host can be booked for. */
export function HostPage({ host, eventTypes, empty }: HostPageProps) {
  return (
    <div className="px-5 pt-10 md:px-0 md:pt-0">
      <header className="flex flex-col items-center gap-4 pb-8 text-center">
        <Avatar name={host.name} className="size-18 text-2xl" />
        <div className="flex flex-col gap-1">
          <h1 className="font-semibold text-2xl">{host.name}</h1>
          {eventTypes.length > 0 && <p className="text-muted">What would you like to meet about?</p>}
        </div>
      </header>
      {eventTypes.length === 0 ? (
        empty
      ) : (
        <ul className="flex flex-col gap-3">
          {eventTypes.map((eventType) => (
            <li key={eventType.id}>
              <EventTypeCard host={host} eventType={eventType} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function EventTypeCard({ host, eventType }: BookingPage) {
  const { slug, title, description, color, locationKind } = eventType;
  const place = placeWords(eventType, host.name);
  const PlaceIcon = placeIcons[locationKind];
  return (
    <Link
      href={`/book/${host.handle}/${slug}`}
      className="group relative flex items-center gap-4 overflow-hidden rounded-lg border border-line bg-surface p-5 shadow-card transition-colors hover:border-accent"
    >
      <EventColor color={color} className="absolute inset-y-0 start-0 w-1" />
      <span className="flex min-w-0 flex-1 flex-col gap-1.5">
        <span className="font-semibold text-[1.0625rem]">{title}</span>
        {description && <span className="line-clamp-2 text-[0.9375rem] text-muted">{description}</span>}
        <span className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
          <span className="flex items-center gap-1.5">
            <Clock3 aria-hidden="true" className="size-4" />
            {formatDurations(durationsOf(eventType))}
          </span>
          {place && (
            <span className="flex min-w-0 items-center gap-1.5">
              <PlaceIcon aria-hidden="true" className="size-4 shrink-0" />
              <span className="truncate">{place}</span>
            </span>
          )}
        </span>
      </span>
      <ChevronRight
        aria-hidden="true"
        className="size-5 shrink-0 text-muted transition-transform group-hover:translate-x-0.5 group-hover:text-accent-text rtl:rotate-180"
      />
    </Link>
  );
}
