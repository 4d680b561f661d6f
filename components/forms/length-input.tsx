"use client";

import { useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type Unit, unitOf, units } from "./lengths";

type Props = {
  /** The number's; the form finds what is wrong by it. */
  name: string;
  defaultMinutes: number;
  /** What the number and its unit are called where no Field gives them a label. */
  label?: string;
  unitLabel: string;
  onChange: (minutes: string) => void;
};

/** A length as people say it, a number and a unit; whoever listens gets minutes as text, none for nothing typed. */
export function LengthInput({ name, defaultMinutes, label, unitLabel, onChange }: Props) {
  const [unit, setUnit] = useState<Unit>(unitOf(defaultMinutes));
  const [amount, setAmount] = useState(String(defaultMinutes / units[unit]));
  const tell = (typed: string, of: Unit) => onChange(typed === "" ? "" : String(Number(typed) * units[of]));
  return (
    <div className="grid grid-cols-[minmax(5rem,1fr)_8rem] gap-2">
      <Input
        name={name}
        type="number"
        inputMode="numeric"
        min={0}
        value={amount}
        aria-label={label}
        onChange={(event) => {
          setAmount(event.target.value);
          tell(event.target.value, unit);
        }}
      />
      <Select
        id={undefined}
        aria-describedby={undefined}
        aria-invalid={false}
        aria-label={unitLabel}
        value={unit}
        onChange={(event) => {
          const chosen = event.target.value as Unit;
          setUnit(chosen);
          tell(amount, chosen);
        }}
      >
        <option value="minutes">minutes</option>
        <option value="hours">hours</option>
        <option value="days">days</option>
      </Select>
    </div>
  );
}
