"use client";

import { ExternalLink, LockKeyhole } from "lucide-react";
import { FormError } from "@/components/forms/form-error";
import { PasswordInput } from "@/components/forms/password-input";
import { useForm } from "@/components/forms/use-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";
import { caldavAccount } from "@/lib/connections/schema";
import type { Preset } from "./presets";

type Props = {
  preset: Preset;
  /** To enter a new password for an account that is known. */
  known?: { server: string; username: string } | undefined;
  connect: (form: FormData) => Promise<ActionResult<void>>;
};

export function CaldavForm({ preset, known, connect }: Props) {
  const { errors, isPending, formProps } = useForm(connect, { schema: caldavAccount });
  return (
    <form {...formProps}>
      <CardBody className="flex flex-col gap-6">
        <FormError errors={errors} />
        <Help preset={preset} />
        {preset.server ? (
          <input key={preset.id} type="hidden" name="server" value={preset.server} />
        ) : (
          <Field label={preset.serverLabel} hint={preset.serverHint} error={errors.server}>
            <Input
              name="server"
              inputMode="url"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              defaultValue={known?.server}
            />
          </Field>
        )}
        <Field label={preset.usernameLabel} error={errors.username}>
          <Input
            name="username"
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            defaultValue={known?.username}
          />
        </Field>
        <Field label={preset.passwordLabel} hint={preset.passwordHint} error={errors.password}>
          <PasswordInput name="password" autoComplete="off" />
        </Field>
        <p className="flex items-start gap-2 text-muted text-sm">
          <LockKeyhole aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          The password is stored encrypted, used only to read and write these calendars, and never shown
          again.
        </p>
      </CardBody>
      <CardFooter>
        <ButtonLink href="/connections" variant="quiet">
          Cancel
        </ButtonLink>
        <Button type="submit" variant="primary" loading={isPending}>
          Connect
        </Button>
      </CardFooter>
    </form>
  );
}

function Help({ preset: { help, link } }: Pick<Props, "preset">) {
  return (
    <div className="flex flex-col gap-2 rounded-md bg-accent-soft p-4 text-[0.9375rem]">
      <p>{help}</p>
      {link && (
        <a
          href={link.href}
          target="_blank"
          rel="noreferrer"
          className="inline-flex w-fit items-center gap-1.5 rounded-sm font-medium text-accent-text underline underline-offset-2"
        >
          {link.text}
          <ExternalLink aria-hidden="true" className="size-3.5" />
          <span className="sr-only">(in a new tab)</span>
        </a>
      )}
    </div>
  );
}
