"use client";

import clsx from "clsx";
import { ExternalLink, LockKeyhole } from "lucide-react";
import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { PasswordInput } from "@/components/forms/password-input";
import { useForm } from "@/components/forms/use-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";
import { caldavAccount } from "@/lib/connections/schema";
import { type Preset, presets } from "./presets";

type Props = {
  /** To enter a new password for an account that is known. */
  known?: { server: string; username: string } | undefined;
  connect: (form: FormData) => Promise<ActionResult<void>>;
};

export function ConnectForm({ known, connect }: Props) {
  const [preset, setPreset] = useState(() => presetOf(known?.server));
  const { errors, isPending, formProps } = useForm(connect, { schema: caldavAccount });
  return (
    <form {...formProps}>
      <Card>
        <CardBody className="flex flex-col gap-6 pt-5 sm:pt-6">
          <FormError errors={errors} />
          <PresetChoice chosen={preset} onChoose={setPreset} />
          <div className="flex flex-col gap-2 rounded-md bg-accent-soft p-4 text-[0.9375rem]">
            <p>{preset.help}</p>
            {preset.link && (
              <a
                href={preset.link.href}
                target="_blank"
                rel="noreferrer"
                className="inline-flex w-fit items-center gap-1.5 rounded-sm font-medium text-accent-text underline underline-offset-2"
              >
                {preset.link.text}
                <ExternalLink aria-hidden="true" className="size-3.5" />
                <span className="sr-only">(in a new tab)</span>
              </a>
            )}
          </div>
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
          <Field label={preset.passwordLabel} error={errors.password}>
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
      </Card>
    </form>
  );
}

function PresetChoice({ chosen, onChoose }: { chosen: Preset; onChoose: (preset: Preset) => void }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-medium text-sm">Where is your calendar?</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {presets.map((preset) => (
          <label
            key={preset.id}
            className={clsx(
              "grid min-h-12 place-items-center rounded-md border px-3 py-2 text-center font-medium text-[0.9375rem] transition-colors has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2",
              preset.id === chosen.id
                ? "border-accent bg-accent-soft text-accent-text"
                : "border-line-strong bg-raised hover:bg-sunken",
            )}
          >
            <input
              type="radio"
              name="preset"
              value={preset.id}
              checked={preset.id === chosen.id}
              onChange={() => onChoose(preset)}
              className="sr-only"
            />
            {preset.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function presetOf(server: string | undefined): Preset {
  if (server === undefined) return presets[0];
  const host = URL.canParse(server) ? new URL(server).host : server;
  const isKnown = (preset: Preset) =>
    preset.server !== undefined && host.endsWith(new URL(preset.server).host.replace("caldav.", ""));
  return presets.find(isKnown) ?? presets.find(({ id }) => id === "other") ?? presets[0];
}
