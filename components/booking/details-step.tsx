"use client";

import { ArrowLeft } from "lucide-react";
import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { BookingPage } from "@/lib/booking/public";
import { Refused } from "./api";
import { QuestionField } from "./question-field";
import { SubmitFailure } from "./submit-failure";
import { answerField, checkDraft, type Draft, type DraftErrors, fieldsOf } from "./use-draft";

type DetailsStepProps = {
  page: BookingPage;
  draft: Draft;
  onDraft: (change: Partial<Draft>) => void;
  /** `website` is what a script typed where people see no field. */
  onSubmit: (website: string) => void;
  onBack: () => void;
  isBusy: boolean;
  error: Error | null;
  /** Shown above the form when the slot is gone; the form waits until another one is chosen. */
  taken: ReactNode | null;
};

/** Who comes. Errors name their field; whatever happens, what was typed stays. */
export function DetailsStep(props: DetailsStepProps) {
  const { draft, onDraft, onBack, isBusy, error, taken } = props;
  const { host, eventType } = props.page;
  const { form, errors, refused, submit, edit } = useErrors(props);
  const verb = eventType.requiresApproval ? "Request this time" : "Confirm booking";
  const input = (name: "name" | "email" | "phone" | "note") => ({
    name,
    value: draft[name],
    onChange: (event: { target: { value: string } }) =>
      edit(name, () => onDraft({ [name]: event.target.value })),
  });

  return (
    <div className="max-w-xl">
      <Button variant="quiet" className="-ms-4 -mt-2.5 mb-2" onClick={onBack}>
        <ArrowLeft aria-hidden="true" className="rtl:rotate-180" />
        Choose another time
      </Button>
      <h2 data-step="details" tabIndex={-1} className="scroll-mt-4 pb-5 font-semibold text-xl">
        Your details
      </h2>
      {taken ?? (error && !refused && <SubmitFailure error={error} verb={verb} />)}
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label="Name" error={errors.name}>
          <Input autoComplete="name" maxLength={200} {...input("name")} />
        </Field>
        <Field label="E-mail" error={errors.email}>
          <Input type="email" autoComplete="email" maxLength={254} {...input("email")} />
        </Field>
        {eventType.locationKind === "visitor_phone" && (
          <Field label="Phone" hint={`${host.name} calls you at this number.`} error={errors.phone}>
            <Input type="tel" autoComplete="tel" maxLength={40} {...input("phone")} />
          </Field>
        )}
        {eventType.questions.map((question) => (
          <QuestionField
            key={question.id}
            question={question}
            answer={draft.answers[question.id]}
            error={errors[answerField(question.id)]}
            onAnswer={(answer) =>
              edit(answerField(question.id), () => onDraft({ answers: { [question.id]: answer } }))
            }
          />
        ))}
        <Field label="Anything to prepare?" optional error={errors.note}>
          <Textarea {...input("note")} />
        </Field>
        <Trap />
        {eventType.requiresApproval && (
          <p className="text-[0.9375rem] text-muted">
            This is a request: {host.name} accepts or declines it, and the time is held for you until then.
          </p>
        )}
        {taken && (
          <p className="text-[0.9375rem] text-muted">
            The time you chose is gone. Choose another one above, then go on here.
          </p>
        )}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          loading={isBusy}
          disabled={taken !== null}
          className="w-full sm:w-fit sm:min-w-48"
        >
          {verb}
        </Button>
      </form>
    </div>
  );
}

/** For scripts, which fill in whatever they find; out of sight and reach of people, and of their browsers' memory. */
function Trap() {
  return (
    <label aria-hidden="true" className="absolute -start-[200vw] size-px overflow-hidden">
      Website
      <input name="website" tabIndex={-1} autoComplete="off" data-1p-ignore data-lpignore="true" />
    </label>
  );
}

/** What is wrong, by field, as we see it before asking and as the server says after; the first one gets the focus. */
function useErrors({ page, draft, error, taken, onSubmit }: DetailsStepProps) {
  const form = useRef<HTMLFormElement>(null);
  const fields = fieldsOf(page.eventType);
  const [checked, setChecked] = useState<DraftErrors>({});
  // An answer counts until its field is changed.
  const [heeded, setHeeded] = useState<Error | null>(null);
  const refused = refusedField(error, fields);
  const field = refused?.field;
  const focus = useCallback((name: string) => {
    form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus();
  }, []);
  useEffect(() => {
    if (field) focus(field);
  }, [field, focus]);

  return {
    form,
    errors: {
      ...(refused && error !== heeded && { [refused.field]: refused.message }),
      ...checked,
    } as DraftErrors,
    refused,
    submit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      const found = checkDraft(draft, page.eventType);
      setChecked(found);
      const first = fields.find((name) => found[name]);
      if (first) focus(first);
      else if (!taken) onSubmit(String(new FormData(event.currentTarget).get("website") ?? ""));
    },
    edit: (name: string, change: () => void) => {
      change();
      if (name === field) setHeeded(error);
      setChecked(({ [name]: _, ...others }) => others);
    },
  };
}

function refusedField(error: Error | null, fields: string[]) {
  if (!(error instanceof Refused) || error.code !== "invalid") return null;
  const { field, message } = error;
  return field && fields.includes(field) ? { field, message } : null;
}
