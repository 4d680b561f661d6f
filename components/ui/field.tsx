"use client";

import clsx from "clsx";
import { CircleAlert, TriangleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";

type ControlProps = {
  id: string;
  required: boolean;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

const FieldContext = createContext<ControlProps | null>(null);

/** What a control inside a Field spreads on itself: its id, and what describes it. */
export function useFieldControl(): Partial<ControlProps> {
  return useContext(FieldContext) ?? {};
}

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** Shown under the control and read with it; the control turns invalid. */
  error?: string | undefined;
  /** Odd, and no error; shown and read like one. */
  warning?: string | undefined;
  /** Forms mark what may be left out; everything else is required. */
  optional?: boolean;
  className?: string;
  children: ReactNode;
};

/** One control with its label, hint and error. The control inside finds them by itself. */
export function Field({ label, hint, error, warning, optional = false, className, children }: FieldProps) {
  const id = useId();
  const describedBy =
    clsx(hint && `${id}-hint`, error && `${id}-error`, warning && `${id}-warning`) || undefined;
  const control = {
    id,
    required: !optional,
    "aria-describedby": describedBy,
    "aria-invalid": error ? (true as const) : undefined,
  };
  return (
    <div className={clsx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      <FieldContext value={control}>{children}</FieldContext>
      <FieldError id={`${id}-error`}>{error}</FieldError>
      {warning && (
        <p id={`${id}-warning`} className="flex items-start gap-1.5 text-sm text-warning">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {warning}
        </p>
      )}
    </div>
  );
}

/** What is wrong with the control above it, which names it in `aria-describedby`. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={id} className="flex items-start gap-1.5 text-danger text-sm">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  );
}
