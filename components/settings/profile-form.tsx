"use client";

import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { TimeZoneField } from "@/components/forms/time-zone-field";
import { useForm } from "@/components/forms/use-form";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import type { Profile } from "@/lib/users/profile";
import { profile as schema } from "@/lib/users/schema";

type Props = {
  profile: Profile;
  /** What the address of every booking page begins with. */
  pagesUrl: string;
  now: Date;
  save: (form: FormData) => Promise<ActionResult<void>>;
};

export function ProfileForm({ profile, pagesUrl, now, save }: Props) {
  const toast = useToast();
  const { errors, isPending, forget, formProps } = useForm(save, {
    schema,
    onDone: () => toast("Profile saved"),
  });
  const [handle, setHandle] = useState(profile.handle ?? "");
  return (
    <form {...formProps}>
      <Card>
        <CardHeader title="Profile" description="Name and address are what visitors see." />
        <CardBody className="flex flex-col gap-5">
          <FormError errors={errors} />
          <Field label="Name" error={errors.name}>
            <Input name="name" autoComplete="name" defaultValue={profile.name} />
          </Field>
          <Field
            label="Public address"
            hint={
              <span className="wrap-anywhere">
                {pagesUrl.replace(/^https?:\/\//, "")}/
                <span className="font-medium text-ink">{handle.trim().toLowerCase() || "…"}</span>
              </span>
            }
            error={errors.handle}
          >
            <Input
              name="handle"
              value={handle}
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              onChange={(event) => setHandle(event.target.value)}
            />
          </Field>
          {profile.handle !== null && handle !== profile.handle && (
            <p className="-mt-2 text-sm text-warning">
              Links you gave away with the old address will stop working.
            </p>
          )}
          <TimeZoneField
            name="timeZone"
            defaultValue={profile.timeZone}
            now={now}
            hint="Your weekly hours and the dashboard follow it. Visitors see their own."
            error={errors.timeZone}
            onChange={() => forget("timeZone")}
          />
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" loading={isPending}>
            Save profile
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
