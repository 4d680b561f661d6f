import type { Metadata } from "next";
import { Suspense } from "react";
import { z } from "zod";
import { AvailabilityTabs } from "@/components/availability/availability-tabs";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { TimeAgo } from "@/components/dashboard/time-ago";
import { DayExplorer } from "@/components/explain/day-explorer";
import { DayInWords } from "@/components/explain/day-in-words";
import { QuestionForm } from "@/components/explain/question-form";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { type DayExplanation, explainDay } from "@/lib/availability/explain";
import { listEventTypes } from "@/lib/event-types/list";
import { listSchedules } from "@/lib/schedules/list";
import { dayOf, formatDay, formatOffset, zoneCity } from "@/lib/time";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../../reader";
import { ask } from "./actions";

export const metadata: Metadata = { title: "Why is this not free?" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

// What cannot be read is as if it had not been asked: the first event type, its usual length, today.
const question = z.object({
  event_type: z.string().catch(""),
  day: z.iso
    .date()
    .refine((day) => day >= "2000-01-01" && day < "2200-01-01")
    .nullable()
    .catch(null),
  duration: z.coerce.number().catch(0),
});

export default function ExplainPage(props: Props) {
  return (
    <div className="max-w-5xl">
      <PageHeader
        title="Availability"
        description="When you can be booked, before calendars and bookings take their part."
      />
      <div className="flex flex-col gap-6">
        <AvailabilityTabs current="/availability/explain" />
        <Suspense fallback={<FormSkeleton />}>
          <Explanation {...props} />
        </Suspense>
      </div>
    </div>
  );
}

async function Explanation({ searchParams }: Props) {
  const asked = question.parse(await searchParams);
  const viewer = await viewerAt("/availability/explain");
  const now = new Date();
  const [eventTypes, schedules, profile] = await Promise.all([
    listEventTypes(viewer),
    listSchedules(viewer),
    getProfile(viewer),
  ]);
  const eventType = eventTypes.find(({ id }) => id === asked.event_type) ?? eventTypes[0];
  if (!eventType)
    return (
      <EmptyState
        title="There is nothing to book yet"
        description="Make an event type; then this page says of any time why it is free or not."
        action={<ButtonLink href="/event-types/new">New event type</ButtonLink>}
      />
    );
  const schedule = schedules.find(({ id }) => id === eventType.scheduleId);
  const timeZone = schedule?.timeZone ?? profile.timeZone;
  const clock = await readerClock(timeZone);
  const durationMinutes = eventType.otherDurations.includes(asked.duration)
    ? asked.duration
    : eventType.durationMinutes;
  const about = { eventTypeId: eventType.id, durationMinutes };
  const day = asked.day ?? dayOf(now, timeZone);
  const explanation = await explainDay(viewer, { ...about, day }, now);
  return (
    <>
      <QuestionForm
        key={eventType.id}
        eventTypes={eventTypes.map(({ id, title, durationMinutes, otherDurations }) => ({
          id,
          title,
          durationMinutes,
          otherDurations,
        }))}
        {...about}
        day={day}
      />
      {explanation.stale && <Stale {...explanation.stale} now={now} />}
      <Card aria-label={formatDay(day, clock.locale)}>
        <CardHeader
          title={formatDay(day, clock.locale)}
          description={`${zoneCity(timeZone)} time (${formatOffset(explanation.startsAt, timeZone)}), ${schedule?.name}. ${countText(explanation)}`}
        />
        <CardBody>
          <DayExplorer
            key={`${eventType.id} ${durationMinutes} ${day}`}
            explanation={explanation}
            clock={clock}
            ask={ask.bind(null, about)}
          />
        </CardBody>
        <CardBody className="border-line border-t pt-5">
          <DayInWords explanation={explanation} clock={clock} now={now} />
        </CardBody>
      </Card>
    </>
  );
}

type StaleProps = NonNullable<DayExplanation["stale"]> & { now: Date };

function Stale({ calendar, lastSyncedAt, now }: StaleProps) {
  return (
    <Banner tone="warning" title="Nothing is free at the moment">
      The calendar “{calendar}” {lastSyncedAt ? "was last read " : "has not been read yet"}
      {lastSyncedAt && <TimeAgo instant={lastSyncedAt} now={now} />}, and it blocks your bookings. Until it
      can be read again, nobody can book.
    </Banner>
  );
}

function countText({ starts }: DayExplanation): string {
  const free = starts.filter(({ reasons }) => reasons.length === 0).length;
  if (starts.length === 0) return "There is no start on this date.";
  return `${free} of ${starts.length} starts ${free === 1 ? "is" : "are"} free.`;
}
