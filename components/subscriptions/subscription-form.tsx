"use client";

import { LockKeyhole } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { ColorChoice } from "@/components/forms/color-choice";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Fold } from "@/components/runs/fold";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { type RefreshInterval, refreshIntervals } from "@/lib/subscriptions/schema";
import type { Clock } from "@/lib/time";
import { allDayHint } from "./blocking-switches";
import { colorsWith, type Draft, isColor, newDraft, sayingOf } from "./draft";
import { PreviewPanel } from "./preview-panel";
import type { SaveSubscription } from "./subscription-actions";
import { usePreview } from "./use-preview";
import { WhereToFind } from "./where-to-find";
import { everyText, wishText } from "./words";

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
  const color = draft.color ?? preview?.color ?? null;
  const feedRefreshMinutes = preview ? preview.feedRefreshMinutes : (before?.feedRefreshMinutes ?? null);
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
            <>
              <Field label="Name" error={errors.name}>
                <Input
                  name="name"
                  autoComplete="off"
                  maxLength={120}
                  value={draft.name ?? preview?.name ?? ""}
                  onChange={({ target }) => set({ name: target.value })}
                />
              </Field>
              <ColorChoice
                legend="Colour"
                choices={colorsWith(before?.color ?? preview?.color)}
                value={color}
                onChange={(chosen) => isColor(chosen) && set({ color: chosen })}
              />
              <Field
                label="Refresh"
                error={errors.refreshInterval}
                hint={wishText({ refreshInterval: draft.refreshInterval, feedRefreshMinutes }) ?? undefined}
                className="sm:max-w-md"
              >
                <Select
                  name="refreshInterval"
                  value={draft.refreshInterval}
                  onChange={({ target }) => set({ refreshInterval: target.value as RefreshInterval })}
                >
                  {intervals.map((interval) => (
                    <option key={interval} value={interval}>
                      {capital(everyText(refreshIntervals[interval]))}
                    </option>
                  ))}
                </Select>
              </Field>
              {before ? (
                <Checkbox
                  name="keepLocalChanges"
                  label="Keep what I changed"
                  hint="Events you hid, coloured or marked busy stay so when the feed changes them. Left off, such a change ends yours."
                  checked={draft.keepLocalChanges}
                  onChange={({ target }) => set({ keepLocalChanges: target.checked })}
                  className="-my-2"
                />
              ) : (
                <div className="-my-2 flex flex-col">
                  <Checkbox
                    name="blocksBookings"
                    label="Blocks bookings"
                    hint="Nobody can book while one of its events takes place."
                    checked={draft.blocksBookings}
                    onChange={({ target }) => set({ blocksBookings: target.checked })}
                  />
                  {draft.blocksBookings && (
                    <Checkbox
                      name="allDayBlocks"
                      label="Whole days block, even if marked free"
                      hint={allDayHint}
                      checked={draft.allDayBlocks}
                      onChange={({ target }) => set({ allDayBlocks: target.checked })}
                      className="ml-8"
                    />
                  )}
                </div>
              )}
            </>
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

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const intervals = Object.keys(refreshIntervals) as RefreshInterval[];
