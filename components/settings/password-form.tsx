"use client";

import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { PasswordInput } from "@/components/forms/password-input";
import { useForm } from "@/components/forms/use-form";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import { passwordChange } from "@/lib/auth/schema";

type Props = { email: string; change: (form: FormData) => Promise<ActionResult<void>> };

export function PasswordForm({ email, change }: Props) {
  const toast = useToast();
  const [round, setRound] = useState(0);
  const { errors, isPending, formProps } = useForm(change, {
    schema: passwordChange,
    onDone: () => {
      toast("Password changed. Other devices are signed out.");
      setRound((done) => done + 1);
    },
  });
  return (
    <form {...formProps}>
      <Card>
        <CardHeader
          title="Password"
          description="Changing it signs you out everywhere but here. Programs with an API token stay."
        />
        {/* A new key empties the fields once they have done their work. */}
        <CardBody key={round} className="flex flex-col gap-5">
          <FormError errors={errors} />
          <input type="text" name="username" autoComplete="username" defaultValue={email} hidden readOnly />
          <Field label="Current password" error={errors.currentPassword}>
            <PasswordInput name="currentPassword" autoComplete="current-password" />
          </Field>
          <Field label="New password" hint="At least 10 characters." error={errors.newPassword}>
            <PasswordInput name="newPassword" autoComplete="new-password" />
          </Field>
        </CardBody>
        <CardFooter>
          <Button type="submit" loading={isPending}>
            Change password
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
