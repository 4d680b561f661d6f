"use client";

import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { LengthInput } from "@/components/forms/length-input";
import { useForm } from "@/components/forms/use-form";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Checkbox, Radio } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import type { BookingRules } from "@/lib/users/booking-rules";
import { bookingRules as schema } from "@/lib/users/schema";

type Props = { rules: BookingRules; save: (form: FormData) => Promise<ActionResult<void>> };

/** How far a host trusts what was last read of their calendars. */
export function BookingRulesForm({ rules, save }: Props) {
  const toast = useToast();
  const { errors, isPending, forget, formProps } = useForm(save, {
    schema,
    onDone: () => toast("Booking rules saved"),
  });
  const [isRecent, setRecent] = useState(rules.whenUnreadable === "confirm_if_recent");
  const [limit, setLimit] = useState(String(rules.maxStalenessMinutes));
  const [recent, setRecentMinutes] = useState(String(rules.recentEnoughMinutes));
  const isPointless = isRecent && limit !== "" && recent !== "" && Number(recent) >= Number(limit);
  return (
    <form {...formProps}>
      <Card>
        <CardHeader
          title="Calendars and bookings"
          description="How far bookings trust what was last read of your calendars."
        />
        <CardBody className="flex flex-col gap-5">
          <FormError errors={errors} />
          <Checkbox
            name="tentativeBlocks"
            defaultChecked={rules.tentativeBlocks}
            label="Tentative events block"
            hint="Events you have not answered yet, or marked as tentative, take their time."
          />
          <Field
            label="How old may a calendar's last reading be before bookings close?"
            hint="Calendars are read every few minutes, so this matters when one cannot be reached. Between 15 minutes and 7 days."
            error={errors.maxStalenessMinutes}
          >
            <LengthInput
              name="maxStaleness"
              unitLabel="Unit of the age at which bookings close"
              defaultMinutes={rules.maxStalenessMinutes}
              onChange={(minutes) => {
                setLimit(minutes);
                forget("maxStalenessMinutes");
              }}
            />
            <input type="hidden" name="maxStalenessMinutes" value={limit} />
          </Field>
          <fieldset className="flex flex-col gap-1">
            <legend className="font-medium text-sm">
              When a calendar cannot be read while someone books
            </legend>
            <Radio
              name="whenUnreadable"
              value="wait_for_host"
              label="Wait for me"
              hint="The time is held, and you accept or decline."
              checked={!isRecent}
              onChange={() => setRecent(false)}
            />
            <Radio
              name="whenUnreadable"
              value="confirm_if_recent"
              label="Confirm if it was read shortly before"
              hint="Older than that, the booking waits for you."
              checked={isRecent}
              onChange={() => setRecent(true)}
            />
          </fieldset>
          <div hidden={!isRecent} className="pl-8">
            <Field
              label="Read within the last"
              error={errors.recentEnoughMinutes}
              warning={
                isPointless
                  ? "Bookings close before a reading gets this old, so every one is confirmed."
                  : undefined
              }
            >
              <LengthInput
                name="recentEnough"
                unitLabel="Unit of the age that is recent enough"
                defaultMinutes={rules.recentEnoughMinutes}
                onChange={(minutes) => {
                  setRecentMinutes(minutes);
                  forget("recentEnoughMinutes");
                }}
              />
            </Field>
          </div>
          {/* What is out of sight cannot be wrong. */}
          <input
            type="hidden"
            name="recentEnoughMinutes"
            value={isRecent ? recent : rules.recentEnoughMinutes}
          />
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" loading={isPending}>
            Save booking rules
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
