import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Editor } from "./draft";

const limits = [
  { field: "dailyLimit", label: "Bookings a day" },
  { field: "weeklyLimit", label: "Bookings a week" },
  { field: "dailyMinutesLimit", label: "Minutes a day" },
] as const;

export function LimitsSection({ draft, change, errorOf, warningOf }: Editor) {
  return (
    <Card>
      <CardHeader
        title="Limits"
        description="The most you want of this event type. Once reached, that day or week offers no more times. Weeks begin on Monday."
      />
      <CardBody className="grid items-start gap-5 sm:grid-cols-3">
        {limits.map(({ field, label }) => (
          <Field key={field} label={label} optional error={errorOf(field)} warning={warningOf(field)}>
            <Input
              name={field}
              type="number"
              inputMode="numeric"
              min={1}
              placeholder="No limit"
              value={draft[field]}
              onChange={(event) => change({ [field]: event.target.value })}
            />
          </Field>
        ))}
      </CardBody>
    </Card>
  );
}
