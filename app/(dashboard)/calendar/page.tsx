import type { Metadata } from "next";
import { Suspense } from "react";
import { Calendar } from "@/components/appointments/calendar";
import { CalendarSkeleton } from "@/components/appointments/calendar-skeleton";
import { QueryProvider } from "@/components/ui/query-provider";
import { viewerAt } from "@/lib/auth/session";
import { listProjects } from "@/lib/projects/list";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import { listAllSubscriptions } from "../subscriptions/all";
import * as actions from "./actions";

export const metadata: Metadata = { title: "Calendar" };

export default function CalendarPage() {
  return (
    <Suspense fallback={<CalendarSkeleton hasToolbar />}>
      <QueryProvider>
        <HostCalendar />
      </QueryProvider>
    </Suspense>
  );
}

async function HostCalendar() {
  const viewer = await viewerAt("/calendar");
  const [projects, subscriptions, { timeZone }] = await Promise.all([
    listProjects(viewer),
    listAllSubscriptions(viewer),
    getProfile(viewer),
  ]);
  const feeds = subscriptions.map(({ id, name, color }) => ({ id, name, color }));
  const clock = await readerClock(timeZone);
  return (
    <Calendar projects={projects} feeds={feeds} actions={{ ...actions }} clock={clock} readAt={Date.now()} />
  );
}
