import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { type Editor, nextKey } from "./draft";

const usual = [15, 30, 45, 60, 90, 120];
const most = 9;

/** Further lengths a visitor may choose, besides the first one. */
export function DurationsField({ draft, change, errorOf }: Editor) {
  const rows = draft.otherDurations;
  const setRows = (otherDurations: typeof rows) => change({ otherDurations });
  const add = () => {
    const known = new Set([draft.durationMinutes, ...rows.map(({ value }) => value)]);
    const value = usual.map(String).find((each) => !known.has(each)) ?? "";
    setRows([...rows, { key: nextKey(rows), value }]);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="font-medium text-sm">
        Further durations (minutes) <span className="font-normal text-muted">(optional)</span>
      </legend>
      {rows.length > 0 && (
        <ul className="flex flex-wrap items-start gap-x-4 gap-y-2">
          {rows.map(({ key, value }, index) => (
            <li key={key} className="flex items-start">
              <Field
                label={<span className="sr-only">{`Further duration ${index + 1} (minutes)`}</span>}
                error={errorOf(`otherDurations.${index}`)}
                className="w-28 has-[[aria-invalid]]:w-52"
              >
                <Input
                  name={`otherDurations.${index}`}
                  type="number"
                  inputMode="numeric"
                  min={5}
                  value={value}
                  onChange={({ target }) =>
                    setRows(rows.map((row) => (row.key === key ? { key, value: target.value } : row)))
                  }
                />
              </Field>
              <IconButton
                label={`Remove ${value || "this"} minutes`}
                Icon={X}
                className="mt-1.5"
                onClick={() => setRows(rows.filter((row) => row.key !== key))}
              />
            </li>
          ))}
        </ul>
      )}
      <p className="text-muted text-sm">
        {rows.length > 0
          ? "Visitors choose one; yours above is offered first."
          : "Add some to let visitors choose how long they need."}
      </p>
      {rows.length < most && (
        <Button size="sm" onClick={add} className="w-fit">
          <Plus aria-hidden="true" />
          Add a duration
        </Button>
      )}
    </fieldset>
  );
}
