import { useState } from "react";
import { WeekdayBoxes } from "@/components/forms/weekday-boxes";

type Props = { defaultValue: number[]; error: string | undefined; onChange: () => void };

/** The weekdays something recurs on, sent as `1,3`. */
export function WeekdaysField({ defaultValue, error, onChange }: Props) {
  const [chosen, setChosen] = useState(defaultValue);
  return (
    <>
      <input type="hidden" name="weekdays" value={[...chosen].sort().join(",")} />
      <WeekdayBoxes
        chosen={chosen}
        error={error}
        onChange={(days) => {
          setChosen(days);
          onChange();
        }}
      />
    </>
  );
}
