"use client";

import { Pencil, Star, Trash2 } from "lucide-react";
import { unstable_rethrow } from "next/navigation";
import { useTransition } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import { formatOffset, zoneCity } from "@/lib/time";
import { ScheduleDialog } from "./schedule-dialog";

type Props = {
  schedule: { name: string; isDefault: boolean; timeZone: string | null; eventTypes: { title: string }[] };
  profileZone: string;
  now: Date;
  save: (form: FormData) => Promise<ActionResult<void>>;
  makeDefault: () => Promise<ActionResult<void>>;
  remove: () => Promise<ActionResult<void>>;
};

/** Which schedule this is, whose clock it follows, who keeps it, and what can be done with it. */
export function ScheduleHeading({ schedule, profileZone, now, save, makeDefault, remove }: Props) {
  const { name, isDefault, eventTypes } = schedule;
  const zone = schedule.timeZone ?? profileZone;
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-col gap-0.5">
        <h2 className="font-semibold text-xl">{name}</h2>
        <p className="text-[0.9375rem] text-muted">
          In <strong className="font-semibold text-ink">{zoneCity(zone)} time</strong> (
          {formatOffset(now, zone)}), {schedule.timeZone ? "its own" : "as in your profile"}.{" "}
          {eventTypes.length === 0
            ? "No event type uses it."
            : `Used by ${eventTypes.map(({ title }) => title).join(", ")}.`}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <ScheduleDialog
          title="Name and time zone"
          trigger={
            <Button size="sm">
              <Pencil aria-hidden="true" />
              Edit
            </Button>
          }
          label="Save"
          values={schedule}
          profileZone={profileZone}
          now={now}
          save={save}
        />
        {!isDefault && <MakeDefault makeDefault={makeDefault} />}
        {!isDefault && (
          <ConfirmDialog
            title={`Delete “${name}”?`}
            description="Its weekly hours and the dates with other hours go with it."
            trigger={
              <Button size="sm">
                <Trash2 aria-hidden="true" />
                Delete
              </Button>
            }
            label="Delete schedule"
            act={remove}
            unanswered="It may still be there; look again."
          />
        )}
      </div>
    </header>
  );
}

function MakeDefault({ makeDefault }: Pick<Props, "makeDefault">) {
  const toast = useToast();
  const [isPending, start] = useTransition();
  return (
    <Button
      size="sm"
      loading={isPending}
      onClick={() =>
        start(async () => {
          try {
            const result = await makeDefault();
            if (result.ok) toast("This is the default schedule now");
            else toast(result.message, "danger");
          } catch (error) {
            unstable_rethrow(error);
            toast("The server did not answer. Try again.", "danger");
          }
        })
      }
    >
      <Star aria-hidden="true" />
      Make default
    </Button>
  );
}
