"use client";

import { useState } from "react";
import { ColorField } from "@/components/event-types/color-field";
import { type DialogFormProps, FormDialog } from "@/components/forms/form-dialog";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { palette } from "@/lib/event-types/schema";
import type { ProjectNode } from "@/lib/projects/list";
import { projectForm } from "@/lib/projects/schema";
import type { ProjectActions } from "./project-actions";

type FormProps = { node: ProjectNode; rename: ProjectActions["rename"] };
type Props = FormProps & { open: boolean; onOpenChange: (isOpen: boolean) => void };

/** Its name and its colour. */
export function RenameDialog({ open, onOpenChange, ...form }: Props) {
  const toast = useToast();
  return (
    <FormDialog
      title="Name and colour"
      label="Save"
      open={open}
      onOpenChange={onOpenChange}
      onDone={() => toast("Project saved")}
    >
      {(dialog) => <RenameForm {...form} {...dialog} />}
    </FormDialog>
  );
}

function RenameForm({ node, rename, id, onPending, onDone }: FormProps & DialogFormProps) {
  const [color, setColor] = useState(palette.find((each) => each.color === node.color)?.color ?? null);
  const { errors, formProps } = useForm<void>((form) => rename(node.id, form), {
    schema: projectForm,
    onPending,
    onDone,
  });
  return (
    <form id={id} {...formProps} className="flex flex-col gap-5">
      <FormError errors={errors} />
      <Field label="Name" error={errors.name}>
        <Input name="name" autoComplete="off" maxLength={120} defaultValue={node.name} />
      </Field>
      <ColorField value={color} onChange={setColor} isRequired />
    </form>
  );
}
