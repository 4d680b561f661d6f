import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { AvailabilityTabs } from "@/components/availability/availability-tabs";
import { OverridesEditor } from "@/components/availability/overrides-editor";
import { ScheduleDialog } from "@/components/availability/schedule-dialog";
import { ScheduleHeading } from "@/components/availability/schedule-heading";
import { ScheduleLinks } from "@/components/availability/schedule-links";
import { WeeklyHoursForm } from "@/components/availability/weekly-hours-form";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
import { listWeeklyHours } from "@/lib/availability/hours";
import { listSchedules, type Schedule } from "@/lib/schedules/list";
import { listOverrides } from "@/lib/schedules/overrides";
import { dayOf, weekStartOf } from "@/lib/time";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import { clearDates, create, makeDefault, remove, save, saveDates, saveHours } from "./actions";

export const metadata: Metadata = { title: "Availability" };

type Props = { searchParams: Promise<{ schedule?: string | string[] }> };

export default function AvailabilityPage(props: Props) {
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Availability"
        description="When you can be booked, before calendars and bookings take their part."
      />
      <div className="flex flex-col gap-6">
        <AvailabilityTabs current="/availability" />
        <Suspense fallback={<FormSkeleton />}>
          <Schedules {...props} />
        </Suspense>
      </div>
    </div>
  );
}

async function Schedules({ searchParams }: Props) {
  const { schedule: asked } = await searchParams;
  const viewer = await viewerAt("/availability");
  const [schedules, { timeZone: profileZone }] = await Promise.all([
    listSchedules(viewer),
    getProfile(viewer),
  ]);
  const current = schedules.find(({ id }) => id === asked) ?? schedules[0];
  const now = new Date();
  const add = (
    <ScheduleDialog
      // A new schedule is shown at once; its dialog closes with that.
      key={current?.id}
      title="New schedule"
      description="It begins with the weekly hours of your default schedule."
      trigger={
        <Button size="sm" variant="quiet">
          <Plus aria-hidden="true" />
          New schedule
        </Button>
      }
      label="Create schedule"
      values={{ name: "", timeZone: null }}
      profileZone={profileZone}
      now={now}
      save={create}
    />
  );
  return (
    <>
      <ScheduleLinks schedules={schedules} currentId={current?.id ?? ""} action={add} />
      {current && (
        <Hours key={current.id} viewer={viewer} schedule={current} profileZone={profileZone} now={now} />
      )}
    </>
  );
}

type HoursProps = { viewer: Viewer; schedule: Schedule; profileZone: string; now: Date };

async function Hours({ viewer, schedule, profileZone, now }: HoursProps) {
  const { id, eventTypes } = schedule;
  const timeZone = schedule.timeZone ?? profileZone;
  const today = dayOf(now, timeZone);
  const [hours, overrides, { hour12, locale }] = await Promise.all([
    listWeeklyHours(viewer, id),
    listOverrides(viewer, id, today),
    readerClock(timeZone),
  ]);
  return (
    <>
      <ScheduleHeading
        schedule={schedule}
        profileZone={profileZone}
        now={now}
        save={save.bind(null, id)}
        makeDefault={makeDefault.bind(null, id)}
        remove={remove.bind(null, id)}
      />
      <WeeklyHoursForm
        hours={hours}
        overrides={overrides}
        eventTypes={eventTypes}
        hour12={hour12}
        save={saveHours.bind(null, id)}
      />
      <OverridesEditor
        overrides={overrides}
        weekly={hours}
        today={today}
        locale={locale}
        weekStart={weekStartOf(locale)}
        hour12={hour12}
        save={saveDates.bind(null, id)}
        clear={clearDates.bind(null, id)}
      />
    </>
  );
}
