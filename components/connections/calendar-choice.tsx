"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CardFooter } from "@/components/ui/card";
import { Checkbox, Radio } from "@/components/ui/checkbox";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import type { CalendarHealth, ConnectionHealth } from "@/lib/connections/health";
import { CalendarReading, CalendarStatus } from "./calendar-status";
import { SyncButton } from "./sync-button";
import { isRead, runOf } from "./words";

type Props = {
  connection: ConnectionHealth;
  /** Nothing was chosen yet: a choice that suits most is filled in, to be saved. */
  isNew: boolean;
  /** Another account has the calendar that receives bookings now. */
  hasDestinationElsewhere: boolean;
  now: Date;
  choose: (form: FormData) => Promise<ActionResult<void>>;
  sync: (calendarId: string) => Promise<ActionResult<void>>;
};

/** Which calendars block bookings, and which one receives them. */
export function CalendarChoice({ connection, isNew, hasDestinationElsewhere, now, choose, sync }: Props) {
  const { calendars } = connection;
  const toast = useToast();
  const { refresh } = useRouter();
  const { errors, isPending, formProps } = useForm(choose, {
    onDone: () => {
      toast("Calendars saved");
      refresh();
    },
  });
  // The account's own calendar comes first.
  const proposed =
    isNew && !hasDestinationElsewhere ? calendars.find(({ isReadOnly }) => !isReadOnly)?.id : undefined;
  const mirrored = calendars.find(({ isMirrored }) => isMirrored);
  const namesOwn = calendars.some(({ isPrimary }) => isPrimary);
  return (
    <form {...formProps}>
      {isNew && (
        <Banner tone="accent" title="One more step" className="mx-5 mb-4 sm:mx-6">
          Choose which calendars block bookings and which one receives them, then save.
          {mirrored && (
            <>
              {" "}
              Your appointments are copied into {mirrored.name} already;{" "}
              <Link href="/bindings" className="underline underline-offset-2">
                Mirroring
              </Link>{" "}
              is where to change that.
            </>
          )}
        </Banner>
      )}
      <div className="mx-5 mb-4 empty:hidden sm:mx-6">
        <FormError errors={errors} />
      </div>
      <fieldset>
        <legend className="sr-only">Calendars of this account</legend>
        <ul className="divide-y divide-line border-line border-t">
          {calendars.map((calendar) => (
            <li key={calendar.id} className="flex flex-col gap-1 px-5 py-4 sm:px-6">
              <CalendarHead calendar={calendar} connection={connection} isNew={isNew} now={now} sync={sync} />
              <div className="flex flex-wrap gap-x-8 pl-6">
                <Checkbox
                  name="conflictIds"
                  value={calendar.id}
                  aria-label={`${calendar.name}: blocks bookings`}
                  label="Blocks bookings"
                  // Where the own calendar is known, one that cannot be written is somebody else's, or a list of days.
                  defaultChecked={calendar.checksConflicts || (isNew && !(namesOwn && calendar.isReadOnly))}
                />
                <Radio
                  name="destinationId"
                  value={calendar.id}
                  aria-label={`${calendar.name}: receives bookings`}
                  label="Receives bookings"
                  disabled={calendar.isReadOnly}
                  defaultChecked={calendar.isDestination || calendar.id === proposed}
                />
                <Checkbox
                  name="allDayIds"
                  value={calendar.id}
                  aria-label={`${calendar.name}: all-day events block, even if marked free`}
                  label="All-day events block, even if marked free"
                  hint="For holidays and absences that others entered as free."
                  defaultChecked={calendar.allDayBlocks}
                />
              </div>
            </li>
          ))}
          <li className="py-2 pr-5 pl-11 sm:pl-12">
            <Radio
              name="destinationId"
              value=""
              label={
                hasDestinationElsewhere
                  ? "No calendar of this account receives bookings"
                  : "No calendar receives bookings"
              }
              defaultChecked={!calendars.some(({ isDestination }) => isDestination) && proposed === undefined}
            />
          </li>
        </ul>
      </fieldset>
      <CardFooter>
        <Button type="submit" variant={isNew ? "primary" : "secondary"} loading={isPending}>
          Save calendars
        </Button>
      </CardFooter>
    </form>
  );
}

function CalendarHead({
  calendar,
  connection,
  isNew,
  now,
  sync,
}: { calendar: CalendarHealth } & Pick<Props, "connection" | "isNew" | "now" | "sync">) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="flex min-w-0 flex-1 basis-60 items-start gap-3">
        <span
          aria-hidden="true"
          className="mt-1.5 size-3 shrink-0 rounded-full border border-line-strong bg-accent"
          style={calendar.color ? { backgroundColor: calendar.color } : undefined}
        />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium text-[0.9375rem]">
            {calendar.name}
            {calendar.isPrimary && <Badge tone="accent">Primary</Badge>}
            {calendar.isReadOnly && <Badge>Read-only</Badge>}
            {calendar.isMirrored && (
              <Link href="/bindings" className="rounded-full underline underline-offset-2">
                <Badge>Receives copies</Badge>
              </Link>
            )}
          </p>
          {!isNew && (
            <p className="text-muted text-sm">
              <CalendarReading calendar={calendar} connection={connection} now={now} />
            </p>
          )}
        </div>
      </div>
      <div className="flex items-center gap-2">
        {!isNew && <CalendarStatus calendar={calendar} connection={connection} now={now} />}
        {isRead(calendar) && (
          <SyncButton name={calendar.name} lastRuns={[runOf(calendar)]} sync={() => sync(calendar.id)} />
        )}
      </div>
    </div>
  );
}
