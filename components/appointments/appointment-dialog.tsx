"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { ask } from "@/components/forms/ask";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { ProjectNode } from "@/lib/projects/list";
import type { StoredTime } from "@/lib/providers/recurrence";
import type { Clock } from "@/lib/time";
import { AppointmentEditor } from "./appointment-editor";
import { AppointmentFacts } from "./appointment-facts";
import type { CalendarActions } from "./calendar-actions";
import { CopiesList } from "./copies-list";
import { newDraft } from "./draft";
import type { CalendarItem } from "./item";
import { draftOfAppointment } from "./said";

/** What the dialog is about: a time that is to have an appointment, or one that is there. */
export type Target = { time: StoredTime } | { item: CalendarItem };

type Props = {
  target: Target;
  isOpen: boolean;
  actions: CalendarActions;
  projects: ProjectNode[];
  clock: Clock;
  onClose: () => void;
  /** Something was saved or deleted. */
  onChanged: () => void;
};

export function AppointmentDialog({ target, ...shared }: Props) {
  if ("item" in target) return <ExistingDialog item={target.item} {...shared} />;
  const base = newDraft(target.time, shared.clock.timeZone);
  return <AppointmentEditor before={null} base={base} {...shared} />;
}

/** An appointment is read anew before it is changed: the calendar knows only what it shows. */
function ExistingDialog({ item, ...shared }: Omit<Props, "target"> & { item: CalendarItem }) {
  const { isOpen, actions, clock, onClose } = shared;
  const { data, isPending, refetch } = useQuery({
    // Read anew each time it is opened, also when it just was.
    queryKey: ["appointment", item.appointmentId, item.occurrenceKey, useId()],
    queryFn: () => ask(() => actions.find(item.appointmentId, item.occurrenceKey)),
    // What somebody types into must not change under their hands.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (data?.ok) {
    const { appointment, copies } = data.data;
    if (appointment.isEditable)
      return (
        <AppointmentEditor before={{ item, appointment }} base={draftOfAppointment(appointment)} {...shared}>
          <CopiesList copies={copies} />
        </AppointmentEditor>
      );
    return (
      <Dialog title={item.title} open={isOpen} onOpenChange={(next) => !next && onClose()}>
        <AppointmentFacts item={item} appointment={appointment} clock={clock} />
        <CopiesList copies={copies} />
      </Dialog>
    );
  }
  return (
    <Dialog title={item.title} open={isOpen} onOpenChange={(next) => !next && onClose()} isFull>
      {isPending ? (
        <div aria-busy="true" className="flex flex-col gap-5">
          <p className="sr-only">Loading</p>
          {["title", "when", "project", "location"].map((field) => (
            <Skeleton key={field} className="h-11" />
          ))}
        </div>
      ) : (
        <Banner
          tone="danger"
          live="alert"
          action={
            data?.code !== "not_found" && (
              <Button size="sm" onClick={() => refetch()}>
                Try again
              </Button>
            )
          }
        >
          {data?.message ?? "It could not be read."}
        </Banner>
      )}
    </Dialog>
  );
}
