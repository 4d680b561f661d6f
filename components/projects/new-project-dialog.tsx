"use client";

import type { ReactElement } from "react";
import { useState } from "react";
import { ColorField } from "@/components/event-types/color-field";
import { type DialogFormProps, FormDialog } from "@/components/forms/form-dialog";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { palette } from "@/lib/event-types/schema";
import type { ProjectNode } from "@/lib/projects/list";
import { kindsThatFit, newProjectForm, type ProjectKind } from "@/lib/projects/schema";
import { kinds } from "./kinds";
import type { ProjectActions } from "./project-actions";

type FormProps = {
  /** Null: at the top. */
  parent: ProjectNode | null;
  create: ProjectActions["create"];
};
type Props = FormProps & {
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/** Adds a project of a kind that fits there. */
export function NewProjectDialog({ trigger, open, onOpenChange, ...form }: Props) {
  const toast = useToast();
  const { parent } = form;
  return (
    <FormDialog
      title={parent ? `New in ${parent.name}` : "New project"}
      description={parent ? undefined : "At the top, with you as its manager."}
      label="Create"
      {...(trigger && { trigger })}
      {...(open !== undefined && { open })}
      {...(onOpenChange && { onOpenChange })}
      onDone={() => toast("Project created")}
    >
      {(dialog) => <NewProjectForm {...form} {...dialog} />}
    </FormDialog>
  );
}

function NewProjectForm({ parent, create, id, onPending, onDone }: FormProps & DialogFormProps) {
  const fitting = kindsThatFit(parent?.kindPath ?? "");
  const [color, setColor] = useState(
    palette.find((each) => each.color === parent?.color)?.color ?? palette[0].color,
  );
  const { errors, formProps } = useForm<string>(create, {
    schema: newProjectForm,
    onPending,
    onDone,
  });
  return (
    <form id={id} {...formProps} className="flex flex-col gap-5">
      <FormError errors={errors} />
      <input type="hidden" name="parentId" value={parent?.id ?? ""} />
      <Field label="Name" error={errors.name}>
        <Input name="name" autoComplete="off" maxLength={120} />
      </Field>
      <fieldset aria-describedby={errors.kind && `${id}-kind`}>
        <legend className="mb-1.5 font-medium text-sm">Kind</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {fitting.map((kind, index) => (
            <KindChoice key={kind} kind={kind} isFirst={index === 0} />
          ))}
        </div>
        <FieldError id={`${id}-kind`}>{errors.kind}</FieldError>
      </fieldset>
      <ColorField value={color} onChange={(next) => next && setColor(next)} isRequired />
    </form>
  );
}

function KindChoice({ kind, isFirst }: { kind: ProjectKind; isFirst: boolean }) {
  const { Icon, word, hint } = kinds[kind];
  return (
    <label className="flex min-h-14 items-center gap-3 rounded-md border border-line-strong/60 px-3 py-2 transition-colors hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-ring">
      <input
        type="radio"
        name="kind"
        value={kind}
        aria-label={word}
        defaultChecked={isFirst}
        className="sr-only"
      />
      <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <span className="flex min-w-0 flex-col">
        <span className="font-medium text-[0.9375rem]">{word}</span>
        <span className="text-muted text-sm">{hint}</span>
      </span>
    </label>
  );
}
