import { ColorChoice } from "@/components/forms/color-choice";
import type { FormErrors } from "@/components/forms/use-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type RefreshInterval, refreshIntervals } from "@/lib/subscriptions/schema";
import { allDayHint } from "./blocking-switches";
import { colorsWith, type Draft, isColor } from "./draft";
import { everyText, wishText } from "./words";

type Props = {
  draft: Draft;
  /** What the feed says of itself, or what was chosen for it. */
  own: { name: string | null; color: string | null; feedRefreshMinutes: number | null } | null;
  isNew: boolean;
  errors: FormErrors;
  onChange: (part: Partial<Draft>) => void;
};

/** How a feed is shown and read, and what it is for; filled in as the feed says. */
export function SubscriptionFields({ draft, own, isNew, errors, onChange }: Props) {
  const { refreshInterval } = draft;
  const wish = wishText({ refreshInterval, feedRefreshMinutes: own?.feedRefreshMinutes ?? null });
  return (
    <>
      <Field label="Name" error={errors.name}>
        <Input
          name="name"
          autoComplete="off"
          maxLength={120}
          value={draft.name ?? own?.name ?? ""}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
      <ColorChoice
        legend="Colour"
        choices={colorsWith(own?.color)}
        value={draft.color ?? own?.color ?? null}
        onChange={(color) => isColor(color) && onChange({ color })}
      />
      <Field label="Refresh" error={errors.refreshInterval} hint={wish ?? undefined} className="sm:max-w-md">
        <Select
          name="refreshInterval"
          value={refreshInterval}
          onChange={({ target }) => onChange({ refreshInterval: target.value as RefreshInterval })}
        >
          {intervals.map((interval) => (
            <option key={interval} value={interval}>
              {capital(everyText(refreshIntervals[interval]))}
            </option>
          ))}
        </Select>
      </Field>
      {isNew ? <Blocking {...{ draft, onChange }} /> : <Keeping {...{ draft, onChange }} />}
    </>
  );
}

function Blocking({ draft, onChange }: Pick<Props, "draft" | "onChange">) {
  return (
    <div className="-my-2 flex flex-col">
      <Checkbox
        name="blocksBookings"
        label="Blocks bookings"
        hint="Nobody can book while one of its events takes place."
        checked={draft.blocksBookings}
        onChange={({ target }) => onChange({ blocksBookings: target.checked })}
      />
      {draft.blocksBookings && (
        <Checkbox
          name="allDayBlocks"
          label="Whole days block, even if marked free"
          hint={allDayHint}
          checked={draft.allDayBlocks}
          onChange={({ target }) => onChange({ allDayBlocks: target.checked })}
          className="ml-8"
        />
      )}
    </div>
  );
}

function Keeping({ draft, onChange }: Pick<Props, "draft" | "onChange">) {
  return (
    <Checkbox
      name="keepLocalChanges"
      label="Keep what I changed"
      hint="Events you hid, coloured or marked busy stay so when the feed changes them. Left off, such a change ends yours."
      checked={draft.keepLocalChanges}
      onChange={({ target }) => onChange({ keepLocalChanges: target.checked })}
      className="-my-2"
    />
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const intervals = Object.keys(refreshIntervals) as RefreshInterval[];
