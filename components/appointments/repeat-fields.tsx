import { WeekdayBoxes } from "@/components/forms/weekday-boxes";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { addDays, formatDay } from "@/lib/time";
import type { Draft } from "./draft";
import type { DraftErrors } from "./draft-errors";
import { isDay } from "./is-day";
import { type Repeat, type RepeatKind, ruleOf } from "./repeat";
import { nthWords, ruleWords } from "./repeat-words";

type Props = { draft: Draft; errors: DraftErrors; locale: string; onChange: (repeat: Repeat) => void };

const unit: Record<RepeatKind, string> = {
  ...{ never: "", daily: "days", weekly: "weeks", monthlyDay: "months", monthlyNth: "months" },
  ...{ yearly: "years", other: "" },
};

/** Whether it repeats, how, and until when; with the rule in words below. */
export function RepeatFields({ draft, errors, locale, onChange }: Props) {
  const { repeat, startDay, isAllDay, timeZone } = draft;
  const start = { day: isDay(startDay) ? startDay : "2026-01-01", isAllDay, timeZone };
  const set = (change: Partial<Repeat>) => onChange({ ...repeat, ...change });
  const { kind, ends } = repeat;
  const rule = ruleOf(repeat, start);
  return (
    <div className="flex flex-col gap-3">
      <Field label="Repeats" error={errors.rule}>
        <Select value={kind} onChange={({ target }) => set({ kind: target.value as RepeatKind })}>
          <option value="never">Never</option>
          <option value="daily">Daily</option>
          <option value="weekly">Weekly</option>
          <option value="monthlyDay">Monthly on day {Number(start.day.slice(8))}</option>
          <option value="monthlyNth">Monthly on {nthWords(start.day)}</option>
          <option value="yearly">
            Yearly on {formatDay(start.day, locale, { day: "numeric", month: "long" })}
          </option>
          {repeat.rule && <option value="other">{ruleWords(repeat.rule, start, locale)}</option>}
        </Select>
      </Field>
      {kind !== "never" && kind !== "other" && (
        <div className="flex flex-col gap-4 rounded-md bg-sunken p-4">
          <div className="grid grid-cols-2 items-start gap-3">
            <Field label={`Every … ${unit[kind]}`} error={errors.interval}>
              <Input
                type="number"
                inputMode="numeric"
                min={1}
                max={999}
                value={repeat.interval}
                onChange={({ target }) => set({ interval: target.value })}
              />
            </Field>
          </div>
          {kind === "weekly" && (
            <WeekdayBoxes
              chosen={repeat.weekdays}
              error={errors.weekdays}
              onChange={(weekdays) => set({ weekdays })}
            />
          )}
          <div className="grid grid-cols-2 items-start gap-3">
            <Field label="Ends">
              <Select
                value={ends}
                onChange={({ target }) => {
                  const next = target.value as Repeat["ends"];
                  set({ ends: next, untilDay: repeat.untilDay || addDays(start.day, 28) });
                }}
              >
                <option value="never">Never</option>
                <option value="until">On a date</option>
                <option value="count">After …</option>
              </Select>
            </Field>
            {ends === "until" && (
              <Field label="Last date" error={errors.untilDay}>
                <Input
                  type="date"
                  value={repeat.untilDay}
                  onChange={({ target }) => set({ untilDay: target.value })}
                />
              </Field>
            )}
            {ends === "count" && (
              <Field label="How many times" error={errors.count}>
                <Input
                  type="number"
                  inputMode="numeric"
                  min={1}
                  value={repeat.count}
                  onChange={({ target }) => set({ count: target.value })}
                />
              </Field>
            )}
          </div>
          {rule && Object.keys(errors).length === 0 && (
            <p aria-live="polite" className="text-muted text-sm">
              {ruleWords(rule, start, locale)}.
            </p>
          )}
        </div>
      )}
    </div>
  );
}
