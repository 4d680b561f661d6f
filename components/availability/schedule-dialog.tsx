"use client";

import { type ReactElement, useState } from "react";
import { type DialogFormProps, FormDialog } from "@/components/forms/form-dialog";
import { FormError } from "@/components/forms/form-error";
import { TimeZoneField } from "@/components/forms/time-zone-field";
import { useForm } from "@/components/forms/use-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";
import { scheduleForm } from "@/lib/schedules/schema";
import { zoneCity } from "@/lib/time";

type Props = {
  title: string;
  description?: string;
  trigger: ReactElement;
  label: string;
  values: { name: string; timeZone: string | null };
  /** The zone of a schedule that has none of its own. */
  profileZone: string;
  now: Date;
  save: (form: FormData) => Promise<ActionResult<void>>;
};

/** A schedule's name and zone. */
export function ScheduleDialog({ title, description, trigger, label, ...form }: Props) {
  return (
    <FormDialog title={title} description={description} trigger={trigger} label={label}>
      {(dialog) => <ScheduleForm {...form} {...dialog} />}
    </FormDialog>
  );
}

type FormProps = Pick<Props, "values" | "profileZone" | "now" | "save"> & DialogFormProps;

function ScheduleForm({ id, values, profileZone, now, save, onPending, onDone }: FormProps) {
  const [hasOwnZone, setOwnZone] = useState(values.timeZone !== null);
  const { errors, formProps, forget } = useForm(save, { schema: scheduleForm, onDone, onPending });
  return (
    <form {...formProps} id={id} className="flex flex-col gap-3">
      <FormError errors={errors} />
      <Field label="Name" error={errors.name}>
        <Input name="name" defaultValue={values.name} maxLength={80} autoComplete="off" />
      </Field>
      <Checkbox
        label="A time zone of its own"
        hint={`Otherwise that of your profile, ${zoneCity(profileZone)}.`}
        checked={hasOwnZone}
        onChange={(event) => setOwnZone(event.target.checked)}
      />
      {hasOwnZone && (
        <TimeZoneField
          name="timeZone"
          defaultValue={values.timeZone ?? profileZone}
          now={now}
          error={errors.timeZone}
          onChange={() => forget("timeZone")}
        />
      )}
    </form>
  );
}
