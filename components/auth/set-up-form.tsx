"use client";

import { FormError } from "@/components/forms/form-error";
import { PasswordInput } from "@/components/forms/password-input";
import { TimeZoneField } from "@/components/forms/time-zone-field";
import { useForm } from "@/components/forms/use-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";
import { setUpForm } from "@/lib/auth/schema";

type Props = { token: string; now: Date; setUp: (form: FormData) => Promise<ActionResult<void>> };

export function SetUpForm({ token, now, setUp }: Props) {
  const { errors, isPending, formProps } = useForm(setUp, { schema: setUpForm });
  return (
    <form {...formProps} className="flex flex-col gap-5">
      <FormError errors={errors} />
      <input type="hidden" name="token" value={token} />
      <Field label="Your name" hint="Visitors see it on your booking page." error={errors.name}>
        <Input name="name" autoComplete="name" />
      </Field>
      <Field label="E-mail" error={errors.email}>
        <Input name="email" type="email" autoComplete="username" inputMode="email" />
      </Field>
      <Field
        label="Password"
        hint="At least 10 characters. A few words in a row work well."
        error={errors.password}
      >
        <PasswordInput name="password" autoComplete="new-password" />
      </Field>
      <TimeZoneField
        name="timeZone"
        defaultValue={null}
        now={now}
        hint="Your working hours are kept in this zone."
        error={errors.timeZone}
      />
      <Button type="submit" variant="primary" size="lg" loading={isPending}>
        Create account
      </Button>
    </form>
  );
}
