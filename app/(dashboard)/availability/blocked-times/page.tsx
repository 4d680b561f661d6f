import { CalendarX2, Plus } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { AvailabilityTabs } from "@/components/availability/availability-tabs";
import { BlockedTimeDialog } from "@/components/blocked-times/blocked-time-dialog";
import { BlockedTimeList } from "@/components/blocked-times/blocked-time-list";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { listBlockedTimes } from "@/lib/blocked-times/list";
import { dayOf } from "@/lib/time";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../../reader";
import { add, remove, save } from "./actions";

export const metadata: Metadata = { title: "Blocked times" };

export default function BlockedTimesPage() {
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Availability"
        description="When you can be booked, before calendars and bookings take their part."
      />
      <div className="flex flex-col gap-6">
        <AvailabilityTabs current="/availability/blocked-times" />
        <Suspense fallback={<RowsSkeleton />}>
          <BlockedTimes />
        </Suspense>
      </div>
    </div>
  );
}

async function BlockedTimes() {
  const viewer = await viewerAt("/availability/blocked-times");
  const now = new Date();
  const [blocks, { timeZone }] = await Promise.all([listBlockedTimes(viewer, now), getProfile(viewer)]);
  const { locale, hour12 } = await readerClock(timeZone);
  const shared = { today: dayOf(now, timeZone), timeZone, now };
  const dialog = (
    <BlockedTimeDialog
      {...shared}
      title="Block a time"
      trigger={
        <Button size="sm" variant="primary">
          <Plus aria-hidden="true" />
          Block a time
        </Button>
      }
      block={null}
      save={add}
    />
  );
  return (
    <Card aria-label="Blocked times">
      <CardHeader
        title="Blocked times"
        description="Nobody can book them, whatever the schedule. Once, or every so many weeks."
        actions={blocks.length > 0 && dialog}
      />
      <div className="border-line border-t">
        {blocks.length === 0 ? (
          <EmptyState
            icon={CalendarX2}
            title="Nothing is blocked"
            description="Keep lunch, the school run or a day of quiet work to yourself."
            action={dialog}
          />
        ) : (
          <BlockedTimeList
            {...shared}
            blocks={blocks}
            locale={locale}
            hour12={hour12}
            save={save}
            remove={remove}
          />
        )}
      </div>
    </Card>
  );
}
