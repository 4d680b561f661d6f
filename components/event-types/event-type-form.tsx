"use client";

import { type FormEvent, useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";
import { eventTypeForm, slugOf, type EventTypeForm as Values } from "@/lib/event-types/schema";
import { DayPreview } from "./day-preview";
import { NoticeInput } from "./notice-input";

type Props = {
  values: Values;
  /** The part of the address before the slug. */
  pageUrl: string;
  isNew: boolean;
  save: (form: FormData) => Promise<ActionResult<void>>;
};

export function EventTypeForm({ values, pageUrl, isNew, save }: Props) {
  const { errors, isPending, formProps, forget } = useForm(save, { schema: eventTypeForm });
  const [slug, setSlug] = useState(values.slug);
  const [followsTitle, setFollowsTitle] = useState(isNew);
  const [lengths, setLengths] = useState({
    duration: values.durationMinutes,
    interval: values.slotIntervalMinutes,
    before: values.bufferBeforeMinutes,
    after: values.bufferAfterMinutes,
  });
  const [notice, setNotice] = useState(String(values.minimumNoticeMinutes));
  const [windowDays, setWindowDays] = useState(String(values.bookingWindowDays));

  const follow = (key: keyof typeof lengths) => (event: FormEvent<HTMLInputElement>) =>
    setLengths({ ...lengths, [key]: event.currentTarget.valueAsNumber });
  const contradiction =
    notice !== "" && windowDays !== "" && Number(notice) >= Number(windowDays) * 1440
      ? "The notice is as long as the booking window, so nothing could ever be booked."
      : undefined;

  return (
    <form {...formProps} className="flex flex-col gap-6">
      <FormError errors={errors} />
      <Card>
        <CardHeader title="What it is" />
        <CardBody className="flex flex-col gap-5">
          <Field label="Title" error={errors.title}>
            <Input
              name="title"
              defaultValue={values.title}
              placeholder="Introduction"
              onInput={(event) => {
                if (!followsTitle) return;
                setSlug(slugOf(event.currentTarget.value));
                forget("slug");
              }}
            />
          </Field>
          <Field label="Address" hint={<Address pageUrl={pageUrl} slug={slug} />} error={errors.slug}>
            <Input
              name="slug"
              value={slug}
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => {
                setFollowsTitle(false);
                setSlug(event.target.value);
              }}
            />
          </Field>
          <Field label="Description" optional error={errors.description}>
            <Textarea
              name="description"
              rows={3}
              defaultValue={values.description ?? ""}
              placeholder="What visitors should know before they book"
            />
          </Field>
          <Field
            label="Location"
            hint="A video link, a telephone number or an address."
            optional
            error={errors.location}
          >
            <Input name="location" defaultValue={values.location ?? ""} />
          </Field>
        </CardBody>
      </Card>

      <Card>
        <CardHeader
          title="How long it takes"
          description="Buffers belong to the meeting: nothing else is booked into them."
        />
        <CardBody className="flex flex-col gap-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <Field label="Duration (minutes)" error={errors.durationMinutes}>
              <Minutes
                name="durationMinutes"
                min={5}
                value={values.durationMinutes}
                onInput={follow("duration")}
              />
            </Field>
            <Field label="Start times every (minutes)" error={errors.slotIntervalMinutes}>
              <Minutes
                name="slotIntervalMinutes"
                min={5}
                value={values.slotIntervalMinutes}
                onInput={follow("interval")}
              />
            </Field>
            <Field label="Buffer before (minutes)" error={errors.bufferBeforeMinutes}>
              <Minutes
                name="bufferBeforeMinutes"
                value={values.bufferBeforeMinutes}
                onInput={follow("before")}
              />
            </Field>
            <Field label="Buffer after (minutes)" error={errors.bufferAfterMinutes}>
              <Minutes
                name="bufferAfterMinutes"
                value={values.bufferAfterMinutes}
                onInput={follow("after")}
              />
            </Field>
          </div>
          <DayPreview {...lengths} />
        </CardBody>
      </Card>

      <Card>
        <CardHeader title="When it can be booked" />
        <CardBody className="flex flex-col gap-5">
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <Field
              label="Minimum notice"
              hint="The least time between booking and meeting."
              error={contradiction ?? errors.minimumNoticeMinutes}
            >
              <NoticeInput
                name="minimumNoticeMinutes"
                defaultMinutes={values.minimumNoticeMinutes}
                onChange={(minutes) => {
                  setNotice(minutes);
                  forget("minimumNoticeMinutes");
                }}
              />
            </Field>
            <Field
              label="Booking window (days)"
              hint="How far ahead a meeting can be booked."
              error={errors.bookingWindowDays}
            >
              <Minutes
                name="bookingWindowDays"
                min={1}
                value={values.bookingWindowDays}
                onInput={(event) => {
                  setWindowDays(event.currentTarget.value);
                  forget("minimumNoticeMinutes");
                }}
              />
            </Field>
          </div>
          <Checkbox
            name="isHidden"
            defaultChecked={values.isHidden}
            label="Hide it from my booking page"
            hint="Whoever has the link can still book it."
          />
        </CardBody>
        <CardFooter>
          <ButtonLink href="/event-types" variant="quiet">
            Cancel
          </ButtonLink>
          <Button type="submit" variant="primary" loading={isPending}>
            {isNew ? "Create event type" : "Save changes"}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}

type MinutesProps = {
  name: string;
  min?: number;
  value: number;
  onInput: (event: FormEvent<HTMLInputElement>) => void;
};

function Minutes({ value, min = 0, ...props }: MinutesProps) {
  return <Input type="number" inputMode="numeric" min={min} step={1} defaultValue={value} {...props} />;
}

function Address({ pageUrl, slug }: { pageUrl: string; slug: string }) {
  return (
    <span className="break-all">
      {pageUrl.replace(/^https?:\/\//, "")}/<span className="font-medium text-ink">{slug || "…"}</span>
    </span>
  );
}
