"use client";

import { useEffect, useRef } from "react";
import { CopyButton } from "@/components/dashboard/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = { secret: string; apiUrl: string };

/** A token as it is shown once, and how to use it. */
export function TokenMade({ secret, apiUrl }: Props) {
  const token = useRef<HTMLInputElement>(null);
  // The form that had the focus is gone.
  useEffect(() => token.current?.select(), []);
  const curl = `curl -H "Authorization: Bearer ${secret}" ${apiUrl}/calendar-subscriptions`;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-end gap-2">
        <Field label="Token" className="min-w-0 flex-1">
          <Input ref={token} readOnly value={secret} className="font-mono text-sm" />
        </Field>
        <span className="flex min-h-11 items-center">
          <CopyButton text={secret} label="Copy" about="the token" done="Token copied" />
        </span>
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-sm">Try it in a terminal</p>
        <div className="flex items-start gap-2">
          <code className="wrap-anywhere min-w-0 flex-1 rounded-md border border-line bg-sunken px-3 py-2 text-sm">
            {curl}
          </code>
          <CopyButton text={curl} label="Copy" about="the command" done="Command copied" />
        </div>
      </div>
    </div>
  );
}
