import { Select } from "@/components/ui/select";
import { minuteText } from "./minute-text";

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  hour12: boolean;
  isInvalid: boolean;
  describedBy: string | undefined;
  onChange: (minute: number) => void;
};

const step = 15;

/** A time of day in quarters of an hour; a finer one that is set already stays on offer. */
export function MinuteSelect({ label, value, min, max, hour12, isInvalid, describedBy, onChange }: Props) {
  const minutes = new Set([value]);
  for (let minute = min; minute <= max; minute += step) minutes.add(minute);
  return (
    <Select
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
      className="w-full sm:w-34"
    >
      {[...minutes]
        .sort((one, other) => one - other)
        .map((minute) => (
          <option key={minute} value={minute}>
            {minuteText(minute, hour12)}
          </option>
        ))}
    </Select>
  );
}
