"use client";

import { FormError } from "@/components/forms/form-error";
import { PasswordInput } from "@/components/forms/password-input";
import { useForm } from "@/components/forms/use-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";
import { signInForm } from "@/lib/auth/schema";

type Props = { next: string; signIn: (form: FormData) => Promise<ActionResult<void>> };

export function SignInForm({ next, signIn }: Props) {
  const { errors, isPending, formProps } = useForm(signIn, { schema: signInForm });
  return (
    <form {...formProps} className="flex flex-col gap-5">
      <FormError errors={errors} />
      <input type="hidden" name="next" value={next} />
      <Field label="E-mail" error={errors.email}>
        <Input name="email" type="email" autoComplete="username" inputMode="email" />
      </Field>
      <Field label="Password" error={errors.password}>
        <PasswordInput name="password" autoComplete="current-password" />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={isPending}>
        Sign in
      </Button>
    </form>
  );
}
