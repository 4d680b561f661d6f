import { useState } from "react";
import type { DialogFormProps } from "@/components/forms/form-dialog";
import { FormError } from "@/components/forms/form-error";
import { TimeZoneField } from "@/components/forms/time-zone-field";
import { useForm } from "@/components/forms/use-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";
import type { BlockedTime } from "@/lib/blocked-times/list";
import { blockedTimeForm } from "@/lib/blocked-times/schema";
import { type Day, weekdayOf } from "@/lib/time";
import { WeekdaysField } from "./weekdays-field";
import { lastWholeDay, partsOf } from "./words";

export type FormProps = DialogFormProps & {
  /** Null: a new one. */
  block: BlockedTime | null;
  today: Day;
  timeZone: string;
  now: Date;
  save: (form: FormData) => Promise<ActionResult<void>>;
};

export function BlockedTimeForm({ id, block, today, timeZone, now, save, onPending, onDone }: FormProps) {
  const start = block ? partsOf(block.startsAt) : { day: today, time: "12:00" };
  const end = block ? partsOf(block.endsAt) : { day: today, time: "13:00" };
  const wholeUntil = block && lastWholeDay(block);
  const [isAllDay, setAllDay] = useState(wholeUntil !== null);
  const [repeats, setRepeats] = useState(block?.weekdays != null);
  const [startDay, setStartDay] = useState(start.day);
  const [endDay, setEndDay] = useState(wholeUntil ?? end.day);
  const { errors, formProps, forget } = useForm(save, { schema: blockedTimeForm, onDone, onPending });

  return (
    <form {...formProps} id={id} className="flex flex-col gap-4">
      <FormError errors={errors} />
      <Field label="Title" hint="Only you see it." optional error={errors.title}>
        <Input
          name="title"
          defaultValue={block?.title ?? ""}
          maxLength={120}
          autoComplete="off"
          placeholder="Lunch"
        />
      </Field>
      <Checkbox
        name="isAllDay"
        label="Whole days"
        className="-my-2"
        checked={isAllDay}
        onChange={(event) => setAllDay(event.target.checked)}
      />
      <div className="grid grid-cols-2 items-start gap-3">
        <Field label={repeats ? "First date" : "From"} error={errors.startDay}>
          <Input
            type="date"
            name="startDay"
            value={startDay}
            onChange={({ target: { value } }) => {
              // The end goes along, as in any calendar.
              if (endDay === startDay) setEndDay(value);
              setStartDay(value);
            }}
          />
        </Field>
        {!isAllDay && (
          <Field label="From time" error={errors.startTime}>
            <Input type="time" name="startTime" defaultValue={wholeUntil ? "12:00" : start.time} />
          </Field>
        )}
        <Field label={isAllDay ? "Last date" : "To"} error={errors.endDay}>
          <Input
            type="date"
            name="endDay"
            value={endDay}
            onChange={({ target: { value } }) => setEndDay(value)}
          />
        </Field>
        {!isAllDay && (
          <Field label="To time" error={errors.endTime}>
            <Input type="time" name="endTime" defaultValue={wholeUntil ? "13:00" : end.time} />
          </Field>
        )}
      </div>
      <Checkbox
        name="repeats"
        label="Repeats"
        className="-my-2"
        checked={repeats}
        onChange={(event) => setRepeats(event.target.checked)}
      />
      {repeats && (
        <div className="flex flex-col gap-4 rounded-md bg-sunken p-4">
          <WeekdaysField
            defaultValue={block?.weekdays ?? [startDay ? weekdayOf(startDay) || 7 : 1]}
            error={errors.weekdays}
            onChange={() => forget("weekdays")}
          />
          <div className="grid grid-cols-2 items-start gap-3">
            <Field label="Every … weeks" error={errors.everyWeeks}>
              <Input
                type="number"
                inputMode="numeric"
                name="everyWeeks"
                min={1}
                max={52}
                defaultValue={block?.everyWeeks ?? 1}
              />
            </Field>
            <Field label="Until" optional error={errors.untilDay}>
              <Input type="date" name="untilDay" defaultValue={block?.untilDay ?? ""} />
            </Field>
          </div>
        </div>
      )}
      <TimeZoneField
        name="timeZone"
        defaultValue={block?.timeZone ?? timeZone}
        now={now}
        error={errors.timeZone}
        onChange={() => forget("timeZone")}
      />
    </form>
  );
}
