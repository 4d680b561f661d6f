import clsx, { type ClassValue } from "clsx";
import { CalendarCheck, Clock3, Globe, type LucideIcon, MapPin, Phone, UserCheck, Video } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Skeleton } from "@/components/ui/skeleton";
import type { BookingPage } from "@/lib/booking/public";
import { formatDuration } from "./duration";
import { EventColor } from "./event-color";
import { placeWords } from "./place-words";

type MeetingPanelProps = {
  page: BookingPage;
  durationMinutes: number;
  /** The zone picker; a placeholder keeps its room until the browser's zone is known. */
  zone: ReactNode | null;
  /** Where the visitor chooses how long it takes, if they can. */
  length: ReactNode;
  chosen: ReactNode | null;
  /** On phones the later steps leave out what was read in the first. */
  isBrief: boolean;
};

/** What is booked, with whom, and once it is chosen when. */
export function MeetingPanel({ page, durationMinutes, zone, length, chosen, isBrief }: MeetingPanelProps) {
  const { host, eventType } = page;
  const later = isBrief && "max-md:hidden";
  const place = placeWords(eventType, host.name);
  return (
    <header className="flex flex-col gap-5 p-5 pb-1 sm:p-7 sm:pb-2 lg:p-8">
      <div className="flex items-center gap-3 lg:flex-col lg:items-start lg:gap-4">
        <Avatar name={host.name} className="size-12 text-[1.0625rem]" />
        <div className="min-w-0">
          <p className="text-[0.9375rem] text-muted">{host.name}</p>
          <h1 className="font-semibold text-xl leading-7 lg:text-2xl lg:leading-8">{eventType.title}</h1>
          <EventColor color={eventType.color} className="mt-2 h-1 w-10 rounded-full" />
        </div>
      </div>
      <ul className="flex flex-col gap-1 text-[0.9375rem] lg:gap-1.5">
        {chosen && <Fact icon={CalendarCheck}>{chosen}</Fact>}
        {/* Where there is a choice, phones show it in the first step and what was chosen in the next. */}
        <Fact icon={Clock3} className={length ? (isBrief ? "md:hidden" : "hidden") : later}>
          {formatDuration(durationMinutes)}
        </Fact>
        {place && (
          <Fact icon={placeIcons[eventType.locationKind]} className={later}>
            {place}
          </Fact>
        )}
        {eventType.requiresApproval && (
          <Fact icon={UserCheck} className={later}>
            {host.name} answers each request
          </Fact>
        )}
        <li className={clsx("flex items-start gap-3", !zone && "noscript:hidden")}>
          <Globe aria-hidden="true" className="mt-3 size-4.5 shrink-0 text-muted" />
          {zone ?? <Skeleton className="my-3 h-5 w-36" />}
        </li>
      </ul>
      {length && <div className={later || undefined}>{length}</div>}
      {eventType.description && (
        <p
          className={clsx(
            "max-w-prose whitespace-pre-line text-[0.9375rem] text-muted leading-relaxed",
            later,
          )}
        >
          {eventType.description}
        </p>
      )}
    </header>
  );
}

export const placeIcons: Record<BookingPage["eventType"]["locationKind"], LucideIcon> = {
  video: Video,
  host_phone: Phone,
  visitor_phone: Phone,
  address: MapPin,
  other: MapPin,
};

function Fact({
  icon: Icon,
  className,
  children,
}: {
  icon: LucideIcon;
  className?: ClassValue;
  children: ReactNode;
}) {
  return (
    <li className={clsx("flex items-start gap-3 py-1", className)}>
      <Icon aria-hidden="true" className="mt-0.5 size-4.5 shrink-0 text-muted" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
