import Link from "next/link";
import { LengthInput } from "@/components/forms/length-input";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Surroundings } from "@/lib/event-types/schema";
import type { Draft, Editor } from "./draft";

type Props = Editor & { schedules: Surroundings["schedules"] };

export function WhenSection({ schedules, ...editor }: Props) {
  const { draft, change, errorOf, warningOf } = editor;
  return (
    <Card>
      <CardHeader title="When it can be booked" />
      <CardBody className="flex flex-col gap-5">
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Field
            label="Schedule"
            hint={
              <>
                Its hours are set under{" "}
                <Link
                  href="/availability"
                  className="rounded-sm text-accent-text underline underline-offset-2"
                >
                  Availability
                </Link>
                .
              </>
            }
            error={errorOf("scheduleId")}
            warning={warningOf("scheduleId")}
          >
            <Select
              name="scheduleId"
              value={draft.scheduleId}
              onChange={(event) => change({ scheduleId: event.target.value })}
            >
              {schedules.length === 0 && <option value="">Working hours</option>}
              {schedules.map(({ id, name, isDefault }) => (
                <option key={id} value={id}>
                  {isDefault ? `${name} (default)` : name}
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label="Minimum notice"
            hint="The least time between booking and meeting."
            error={errorOf("minimumNoticeMinutes")}
            warning={warningOf("minimumNoticeMinutes")}
          >
            <LengthInput
              name="minimumNoticeMinutes"
              unitLabel="Unit of the notice"
              defaultMinutes={Number(draft.minimumNoticeMinutes)}
              onChange={(minimumNoticeMinutes) => change({ minimumNoticeMinutes })}
            />
          </Field>
        </div>
        <BookingWindow {...editor} today={schedules.find(({ id }) => id === draft.scheduleId)?.today} />
      </CardBody>
    </Card>
  );
}

const windows: Record<Draft["bookingWindowKind"], string> = {
  rolling_days: "A number of days from today",
  business_days: "A number of business days from today",
  date_range: "Between two dates",
};

function BookingWindow({ draft, change, errorOf, today }: Editor & { today: string | undefined }) {
  const kind = draft.bookingWindowKind;
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      <Field
        label="How far ahead"
        hint={kind === "business_days" ? "Monday to Friday count." : "The booking window."}
        error={errorOf("bookingWindowKind")}
      >
        <Select
          name="bookingWindowKind"
          value={kind}
          onChange={(event) =>
            change({ bookingWindowKind: event.target.value as Draft["bookingWindowKind"] })
          }
        >
          {Object.entries(windows).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {kind === "date_range" ? (
        <div className="grid items-start gap-5 min-[26rem]:grid-cols-2">
          {(["windowFirstDay", "windowLastDay"] as const).map((name) => (
            <Field
              key={name}
              label={name === "windowFirstDay" ? "First day" : "Last day"}
              hint="Included."
              error={errorOf(name)}
            >
              <Input
                name={name}
                type="date"
                min={name === "windowLastDay" ? draft.windowFirstDay || today : undefined}
                value={draft[name]}
                onChange={(event) => change({ [name]: event.target.value })}
              />
            </Field>
          ))}
        </div>
      ) : (
        <Field
          label={kind === "business_days" ? "Booking window (business days)" : "Booking window (days)"}
          hint="A meeting can be booked so many days ahead."
          error={errorOf("bookingWindowDays")}
        >
          <Input
            name="bookingWindowDays"
            type="number"
            inputMode="numeric"
            min={1}
            value={draft.bookingWindowDays}
            onChange={(event) => change({ bookingWindowDays: event.target.value })}
          />
        </Field>
      )}
    </div>
  );
}
