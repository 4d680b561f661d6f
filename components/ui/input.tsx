"use client";

import clsx from "clsx";
import type { ComponentProps } from "react";
import { useFieldControl } from "./field";

/** 16 px on purpose: iOS zooms into anything smaller. */
export const controlClass =
  "w-full min-h-11 rounded-md border border-line-strong bg-raised px-3 py-2 text-base text-ink transition-colors placeholder:text-faint hover:border-muted focus-visible:border-ring focus-visible:outline-offset-0 disabled:bg-sunken disabled:opacity-60 aria-invalid:border-danger";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input {...useFieldControl()} {...props} className={clsx(controlClass, className)} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={4}
      {...useFieldControl()}
      {...props}
      className={clsx(controlClass, "field-sizing-content max-h-80 min-h-28", className)}
    />
  );
}
