import { type ReactNode, useEffect, useRef } from "react";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { ProjectNode } from "@/lib/projects/list";
import type { Clock } from "@/lib/time";
import type { Draft } from "./draft";
import type { DraftErrors } from "./draft-errors";
import { ProjectCombobox } from "./project-combobox";
import { RepeatFields } from "./repeat-fields";
import { WhenFields } from "./when-fields";

type Props = {
  id: string;
  draft: Draft;
  errors: DraftErrors;
  /** Rises with each refusal: the focus goes to the first field to blame. */
  refusals: number;
  projects: ProjectNode[];
  clock: Clock;
  onChange: (draft: Draft) => void;
  onSubmit: () => void;
  /** What follows the fields. */
  children?: ReactNode;
};

export function AppointmentForm({ id, draft, errors, refusals, projects, clock, ...rest }: Props) {
  const { onChange, onSubmit, children } = rest;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusals === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-error]')?.focus();
  }, [refusals]);
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  return (
    <form
      ref={form}
      id={id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      className="flex flex-col gap-5"
    >
      <FormError errors={errors.form ? { "": errors.form } : {}} />
      <Field label="Title" error={errors.title}>
        <Input
          autoFocus
          autoComplete="off"
          maxLength={200}
          value={draft.title}
          onChange={({ target }) => set({ title: target.value })}
        />
      </Field>
      <WhenFields draft={draft} errors={errors} timeZone={clock.timeZone} onChange={onChange} />
      <RepeatFields
        draft={draft}
        errors={errors}
        locale={clock.locale}
        onChange={(repeat) => set({ repeat })}
      />
      <Field label="Project" hint="Who is a member of it sees it." error={errors.projectId}>
        <ProjectCombobox
          projects={projects}
          value={draft.projectId}
          onChange={(projectId) => set({ projectId })}
        />
      </Field>
      <Field label="Location" optional error={errors.location}>
        <Input
          autoComplete="off"
          maxLength={500}
          value={draft.location}
          onChange={({ target }) => set({ location: target.value })}
        />
      </Field>
      <Field label="Description" optional error={errors.description}>
        <Textarea
          maxLength={5000}
          value={draft.description}
          onChange={({ target }) => set({ description: target.value })}
        />
      </Field>
      {children}
    </form>
  );
}
