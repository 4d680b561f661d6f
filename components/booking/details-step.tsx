"use client";

import { ArrowLeft } from "lucide-react";
import { type FormEvent, type ReactNode, type RefObject, useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Refused } from "./api";
import { checkDraft, type Draft, type DraftErrors } from "./use-draft";

type DetailsStepProps = {
  draft: Draft;
  onDraft: (change: Partial<Draft>) => void;
  onSubmit: () => void;
  onBack: () => void;
  isBusy: boolean;
  error: Error | null;
  /** Shown above the form when the slot is gone; the form waits until another one is chosen. */
  taken: ReactNode | null;
  headingRef: RefObject<HTMLHeadingElement | null>;
};

/** Who comes. Errors name their field; whatever happens, what was typed stays. */
export function DetailsStep(props: DetailsStepProps) {
  const { draft, onDraft, onSubmit, onBack, isBusy, error, taken, headingRef } = props;
  const form = useRef<HTMLFormElement>(null);
  const [checked, setChecked] = useState<DraftErrors>({});
  const errors = { ...refusedField(error), ...checked };

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = checkDraft(draft);
    setChecked(found);
    const [first] = Object.keys(found);
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    else if (!taken) onSubmit();
  }
  function edit(part: Partial<Draft>) {
    onDraft(part);
    setChecked(({ ...rest }) => {
      for (const name of Object.keys(part)) delete rest[name as keyof Draft];
      return rest;
    });
  }

  return (
    <div className="max-w-xl">
      <Button variant="quiet" className="-mt-2.5 -ml-4 mb-2" onClick={onBack}>
        <ArrowLeft aria-hidden="true" className="rtl:rotate-180" />
        Choose another time
      </Button>
      <h2 ref={headingRef} tabIndex={-1} className="pb-5 font-semibold text-xl">
        Your details
      </h2>
      {taken ?? <Failure error={error} />}
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label="Name" error={errors.name}>
          <Input
            name="name"
            autoComplete="name"
            maxLength={200}
            value={draft.name}
            onChange={(event) => edit({ name: event.target.value })}
          />
        </Field>
        <Field label="E-mail" error={errors.email}>
          <Input
            name="email"
            type="email"
            autoComplete="email"
            maxLength={254}
            value={draft.email}
            onChange={(event) => edit({ email: event.target.value })}
          />
        </Field>
        <Field label="Anything to prepare?" optional error={errors.note}>
          <Textarea name="note" value={draft.note} onChange={(event) => edit({ note: event.target.value })} />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          loading={isBusy}
          disabled={taken !== null}
          className="w-full sm:w-fit sm:min-w-48"
        >
          Confirm booking
        </Button>
      </form>
    </div>
  );
}

function Failure({ error }: { error: Error | null }) {
  if (!error || refusedField(error)) return null;
  if (error instanceof Refused)
    return (
      <Banner tone="danger" live="alert" title="This did not work" className="mb-5">
        {error.field === "idempotencyKey" ? heldForAnother : error.message}
      </Banner>
    );
  return (
    <Banner tone="warning" live="alert" title="We got no answer" className="mb-5">
      Check your connection and press “Confirm booking” again. Nothing you typed is lost, and trying twice
      still makes one booking.
    </Banner>
  );
}

// The answer to the first try got lost, and the address was changed before the second.
const heldForAnother =
  "An earlier try did reach us, with another e-mail address, and holds this time. Change the address back to see that booking, or choose another time.";

function refusedField(error: Error | null): DraftErrors | null {
  if (!(error instanceof Refused) || error.code !== "invalid") return null;
  const { field, message } = error;
  return field === "name" || field === "email" || field === "note" ? { [field]: message } : null;
}
