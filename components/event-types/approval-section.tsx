import { Plus, X } from "lucide-react";
import { LengthInput } from "@/components/forms/length-input";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { type Editor, nextKey } from "./draft";

export function ApprovalSection(editor: Editor) {
  const { draft, change } = editor;
  return (
    <Card>
      <CardHeader title="Approval and reminders" />
      <CardBody className="flex flex-col gap-4">
        <Checkbox
          name="requiresApproval"
          checked={draft.requiresApproval}
          onChange={(event) => change({ requiresApproval: event.target.checked })}
          label="I accept or decline each booking"
          hint="The time is held for the visitor until you do."
        />
        <Reminders {...editor} />
      </CardBody>
    </Card>
  );
}

const most = 5;
const usual = ["1440", "60", "10", "2880", "10080"];

function Reminders({ draft, change, errorOf, warningOf }: Editor) {
  const rows = draft.reminderMinutes;
  const setRows = (reminderMinutes: typeof rows) => change({ reminderMinutes });
  const add = () => {
    const value = usual.find((each) => rows.every((row) => row.value !== each)) ?? "30";
    setRows([...rows, { key: nextKey(rows), value }]);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="font-medium text-sm">Reminders</legend>
      <p className="text-muted text-sm">
        {rows.length > 0
          ? "Mails to the visitor and to you, so long before the start."
          : "Nobody is reminded of these meetings."}
      </p>
      <ul className="flex flex-col gap-2 empty:hidden">
        {rows.map(({ key, value }, index) => (
          <li key={key} className="flex items-start">
            <Field
              label={<span className="sr-only">{`Reminder ${index + 1}`}</span>}
              error={errorOf(`reminderMinutes.${index}`)}
              warning={warningOf(`reminderMinutes.${index}`)}
              className="w-full max-w-72"
            >
              <LengthInput
                name={`reminderMinutes.${index}`}
                unitLabel={`Unit of reminder ${index + 1}`}
                defaultMinutes={Number(value)}
                onChange={(minutes) =>
                  setRows(rows.map((row) => (row.key === key ? { key, value: minutes } : row)))
                }
              />
            </Field>
            <IconButton
              label={`Remove reminder ${index + 1}`}
              Icon={X}
              className="mt-1.5"
              onClick={() => setRows(rows.filter((row) => row.key !== key))}
            />
          </li>
        ))}
      </ul>
      {rows.length < most && (
        <Button size="sm" onClick={add} className="w-fit">
          <Plus aria-hidden="true" />
          Add a reminder
        </Button>
      )}
    </fieldset>
  );
}
