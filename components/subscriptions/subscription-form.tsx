"use client";

import { LockKeyhole } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Fold } from "@/components/runs/fold";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { Clock } from "@/lib/time";
import { type Draft, newDraft, sayingOf } from "./draft";
import { PreviewPanel } from "./preview-panel";
import type { SaveSubscription } from "./subscription-actions";
import { SubscriptionFields } from "./subscription-fields";
import { usePreview } from "./use-preview";
import { WhereToFind } from "./where-to-find";

type Props = {
  /** What is subscribed to already; null for a new one. */
  before: (Draft & { feedRefreshMinutes: number | null }) | null;
  clock: Clock;
  save: SaveSubscription;
};

/** The address, what lies there, and how it is to be shown and read. */
export function SubscriptionForm({ before, clock, save }: Props) {
  const toast = useToast();
  const { push } = useRouter();
  const [draft, setDraft] = useState<Draft>(before ?? newDraft);
  const set = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const { check, checkNow } = usePreview(draft.url, before?.url ?? null);
  const preview = check.state === "good" ? check.preview : null;
  const { errors, isPending, formProps } = useForm(() => save(sayingOf(draft, before, preview)), {
    onDone: ({ name }) => {
      toast(before ? "Subscription saved" : `Subscribed to ${name}`);
      push("/subscriptions");
    },
  });
  const address = useRef<HTMLInputElement>(null);
  const wasPressed = useRef(false);
  useEffect(() => {
    if (check.state === "bad" && wasPressed.current) address.current?.focus();
    if (check.state === "bad" || check.state === "good") wasPressed.current = false;
  }, [check.state]);

  const isNewAddress = draft.url.trim() !== (before?.url ?? "");
  const wantsCheck = isNewAddress && draft.url.trim() !== "" && !preview;
  const refusal = errors.url ?? (check.state === "bad" ? check.message : undefined);
  return (
    <form
      {...formProps}
      onSubmit={(event) => {
        if (!wantsCheck) return formProps.onSubmit(event);
        event.preventDefault();
        if (check.state === "checking") return;
        wasPressed.current = true;
        checkNow();
      }}
    >
      <Card>
        <CardBody className="flex flex-col gap-6 pt-5 sm:pt-6">
          <FormError errors={errors} />
          <div className="flex flex-col gap-3">
            <Field
              label="Address of the calendar"
              hint="It often ends in .ics or begins with webcal://."
              error={refusal}
            >
              <Input
                ref={address}
                name="url"
                inputMode="url"
                autoComplete="off"
                autoCapitalize="none"
                autoCorrect="off"
                spellCheck={false}
                autoFocus={!before}
                maxLength={2000}
                value={draft.url}
                onChange={({ target }) => set({ url: target.value })}
              />
            </Field>
            <PreviewPanel check={check} clock={clock} />
            {before && isNewAddress && (
              <p className="text-muted text-sm">
                Once it is read, the events of this address take the place of those you have now.
              </p>
            )}
            <Fold summary="Where do I find the address?">
              <div className="pt-2 pb-1">
                <WhereToFind />
              </div>
            </Fold>
          </div>
          {(before || preview) && (
            <SubscriptionFields
              draft={draft}
              own={
                preview && before
                  ? { ...before, feedRefreshMinutes: preview.feedRefreshMinutes }
                  : (before ?? preview)
              }
              isNew={!before}
              errors={errors}
              onChange={set}
            />
          )}
          <p className="flex items-start gap-2 text-muted text-sm">
            <LockKeyhole aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            Whoever has the address can read the calendar, so it is stored encrypted and shown to you alone.
          </p>
        </CardBody>
        <CardFooter>
          <ButtonLink href="/subscriptions" variant="quiet">
            Cancel
          </ButtonLink>
          <Button
            type="submit"
            variant="primary"
            loading={isPending || (wantsCheck && check.state === "checking")}
          >
            {wantsCheck ? "Check address" : before ? "Save changes" : "Subscribe"}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
