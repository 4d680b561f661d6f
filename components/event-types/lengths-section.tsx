import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { DayPreview } from "./day-preview";
import type { Editor } from "./draft";
import { DurationsField } from "./durations-field";

export function LengthsSection(editor: Editor) {
  const { draft } = editor;
  return (
    <Card>
      <CardHeader
        title="How long it takes"
        description="Buffers belong to the meeting: nothing else is booked into them."
      />
      <CardBody className="flex flex-col gap-5">
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Minutes {...editor} field="durationMinutes" label="Duration (minutes)" min={5} />
          <Minutes {...editor} field="slotIntervalMinutes" label="Start times every (minutes)" min={5} />
        </div>
        <DurationsField {...editor} />
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Minutes {...editor} field="bufferBeforeMinutes" label="Buffer before (minutes)" />
          <Minutes {...editor} field="bufferAfterMinutes" label="Buffer after (minutes)" />
        </div>
        <DayPreview
          duration={minutesOf(draft.durationMinutes)}
          interval={minutesOf(draft.slotIntervalMinutes)}
          before={minutesOf(draft.bufferBeforeMinutes)}
          after={minutesOf(draft.bufferAfterMinutes)}
        />
      </CardBody>
    </Card>
  );
}

type MinutesProps = Editor & {
  field: "durationMinutes" | "slotIntervalMinutes" | "bufferBeforeMinutes" | "bufferAfterMinutes";
  label: string;
  min?: number;
};

function Minutes({ draft, change, errorOf, field, label, min = 0 }: MinutesProps) {
  return (
    <Field label={label} error={errorOf(field)}>
      <Input
        name={field}
        type="number"
        inputMode="numeric"
        min={min}
        value={draft[field]}
        onChange={(event) => change({ [field]: event.target.value })}
      />
    </Field>
  );
}

function minutesOf(typed: string): number {
  return typed === "" ? Number.NaN : Number(typed);
}
