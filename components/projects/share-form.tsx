"use client";

import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ActionResult } from "@/lib/action";
import { memberForm, projectRoles } from "@/lib/projects/schema";
import { roles } from "./kinds";

type Props = { share: (form: FormData) => Promise<ActionResult<void>>; onShared: () => Promise<void> };

/** Makes somebody a member, by the address they sign in with. */
export function ShareForm({ share, onShared }: Props) {
  const { errors, isPending, formProps } = useForm<void>(share, {
    schema: memberForm,
    onDone: () => {
      formProps.ref.current?.reset();
      void onShared();
    },
  });
  return (
    <form {...formProps} className="flex flex-col gap-3 rounded-md border border-line p-4">
      <FormError errors={errors} />
      <Field label="E-mail" error={errors.email}>
        <Input name="email" type="email" autoComplete="off" placeholder="colleague@example.com" />
      </Field>
      <div className="flex items-end gap-3">
        <Field label="Role" error={errors.role} className="min-w-0 flex-1">
          <Select name="role" defaultValue="editor">
            {projectRoles.map((role) => (
              <option key={role} value={role}>
                {roles[role].word}: {roles[role].hint}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" variant="primary" loading={isPending}>
          Add
        </Button>
      </div>
    </form>
  );
}
