"use client";

import { type FormEvent, useCallback, useEffect, useRef, useState, useTransition } from "react";
import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import { ask } from "./ask";

/** Messages by field name; the empty name is for the form as a whole. */
export type FormErrors = Record<string, string>;

type Options<T> = {
  /** Asked before anything is sent, so that every field that is wrong is named at once. */
  schema?: z.ZodType;
  onDone?: (data: T) => void;
  /** For a form whose button stands elsewhere. */
  onPending?: (isPending: boolean) => void;
};

/**
 * A form that keeps what was typed when the answer is no, says which fields are to blame, and moves the focus
 * to the first of them.
 */
export function useForm<T>(
  submit: (form: FormData) => Promise<ActionResult<T>>,
  { schema, onDone, onPending }: Options<T> = {},
) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FormErrors>({});
  const [refusals, setRefusals] = useState(0);
  const [isPending, start] = useTransition();

  const refuse = (found: FormErrors) => {
    setErrors(found);
    setRefusals((count) => count + 1);
  };

  const send = (data: FormData) => {
    const wrong = schema ? findErrors(schema, data) : {};
    if (Object.keys(wrong).length > 0) return refuse(placed(wrong, form.current));
    start(async () => {
      onPending?.(true);
      const result = await ask(() => submit(data)).finally(() => onPending?.(false));
      if (!result.ok) return refuse(placed({ [result.field ?? ""]: result.message }, form.current));
      setErrors({});
      onDone?.(result.data);
    });
  };

  useEffect(() => {
    if (refusals > 0) focusFirstError(form.current);
  }, [refusals]);

  const forget = useCallback((field: string) => {
    setErrors((known) => {
      if (!(field in known)) return known;
      const { [field]: _, ...rest } = known;
      return rest;
    });
  }, []);

  return {
    errors,
    isPending,
    forget,
    formProps: {
      ref: form,
      noValidate: true,
      // For a press before this script had arrived, which React repeats.
      action: send,
      onSubmit: (event: FormEvent<HTMLFormElement>) => {
        // React empties a form whose action has run; ours keeps what was typed.
        event.preventDefault();
        if (!isPending) send(new FormData(event.currentTarget));
      },
      onInput: (event: FormEvent<HTMLFormElement>) => {
        const { name } = event.target as HTMLInputElement;
        if (name) forget(name);
      },
    },
  };
}

function findErrors(schema: z.ZodType, data: FormData): FormErrors {
  const found: FormErrors = {};
  for (const { path, message } of schema.safeParse(Object.fromEntries(data)).error?.issues ?? [])
    found[path.join(".")] ??= message;
  return found;
}

/** What no field of the form answers for is said above the form. */
function placed(errors: FormErrors, form: HTMLFormElement | null): FormErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([field, message]) => [form?.elements.namedItem(field) ? field : "", message]),
  );
}

function focusFirstError(form: HTMLFormElement | null): void {
  const first = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-error]');
  first?.focus();
  if (first instanceof HTMLInputElement && first.type !== "checkbox") first.select();
}
