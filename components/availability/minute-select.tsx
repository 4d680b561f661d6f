import { Select } from "@/components/ui/select";
import { formatTime } from "@/lib/time";

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  hour12: boolean;
  describedBy: string | undefined;
  onChange: (minute: number) => void;
};

const step = 15;

/** A time of day in quarters of an hour; a finer one that is set already stays on offer. */
export function MinuteSelect({ label, value, min, max, hour12, describedBy, onChange }: Props) {
  const minutes = new Set([value]);
  for (let minute = min; minute <= max; minute += step) minutes.add(minute);
  return (
    <Select
      aria-label={label}
      aria-invalid={describedBy ? true : undefined}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
      className="w-full sm:w-34"
    >
      {[...minutes]
        .sort((one, other) => one - other)
        .map((minute) => (
          <option key={minute} value={minute}>
            {clockText(minute, hour12)}
          </option>
        ))}
    </Select>
  );
}

function clockText(minute: number, hour12: boolean): string {
  if (minute === 1440) return hour12 ? "Midnight" : "24:00";
  return formatTime(new Date(minute * 60_000), {
    timeZone: "UTC",
    locale: hour12 ? "en-US" : "en-GB",
    hour12,
  });
}
