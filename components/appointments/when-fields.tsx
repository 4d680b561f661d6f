import { Globe } from "lucide-react";
import { useState } from "react";
import { ZoneSelect } from "@/components/forms/zone-select";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { zoneCity } from "@/lib/time";
import { type Draft, startedAt } from "./draft";
import type { DraftErrors } from "./draft-errors";
import { isDay } from "./is-day";
import { instantOf } from "./wall";

type Props = {
  draft: Draft;
  errors: DraftErrors;
  /** The host's. */
  timeZone: string;
  onChange: (draft: Draft) => void;
};

/** From when to when; the end goes along with the start. */
export function WhenFields({ draft, errors, timeZone, onChange }: Props) {
  const { isAllDay, startDay, startTime, endDay, endTime } = draft;
  const [asksZone, setAsksZone] = useState(draft.timeZone !== timeZone);
  const at = isDay(startDay) ? instantOf({ day: startDay, time: "12:00" }, "UTC") : new Date(0);
  return (
    <div className="flex flex-col gap-4">
      <Checkbox
        label="Whole days"
        className="-my-2"
        checked={isAllDay}
        onChange={({ target }) => onChange({ ...draft, isAllDay: target.checked })}
      />
      <div className={`grid items-start gap-3 ${isAllDay ? "grid-cols-2" : "grid-cols-[1fr_8.75rem]"}`}>
        <Field label={isAllDay ? "First day" : "Starts"} error={errors.startDay}>
          <Input
            type="date"
            value={startDay}
            onChange={({ target }) => onChange(startedAt(draft, { startDay: target.value }))}
          />
        </Field>
        {!isAllDay && (
          <Field label="Start time" error={errors.startTime}>
            <Input
              type="time"
              value={startTime}
              onChange={({ target }) => onChange(startedAt(draft, { startTime: target.value }))}
            />
          </Field>
        )}
        <Field label={isAllDay ? "Last day" : "Ends"} error={errors.endDay}>
          <Input
            type="date"
            value={endDay}
            onChange={({ target }) => onChange({ ...draft, endDay: target.value })}
          />
        </Field>
        {!isAllDay && (
          <Field label="End time" error={errors.endTime}>
            <Input
              type="time"
              value={endTime}
              onChange={({ target }) => onChange({ ...draft, endTime: target.value })}
            />
          </Field>
        )}
      </div>
      {asksZone ? (
        <Field label="Time zone" error={errors.timeZone}>
          <ZoneSelect
            timeZone={draft.timeZone}
            instant={at}
            onChange={(zone) => onChange({ ...draft, timeZone: zone })}
          />
        </Field>
      ) : (
        !isAllDay && (
          <button
            type="button"
            onClick={() => setAsksZone(true)}
            className="-my-2 flex min-h-11 w-fit items-center gap-2 rounded-md text-muted text-sm hover:text-ink"
          >
            <Globe aria-hidden="true" className="size-4" />
            <span>
              {zoneCity(draft.timeZone)} time.{" "}
              <span className="underline underline-offset-2">Use another zone</span>
            </span>
          </button>
        )
      )}
    </div>
  );
}
