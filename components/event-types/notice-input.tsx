"use client";

import { useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type Unit, unitOf, units } from "./lengths";

type Props = { name: string; defaultMinutes: number; onChange: (minutes: string) => void };

/** A length as people say it, a number and a unit; the form gets minutes. */
export function NoticeInput({ name, defaultMinutes, onChange }: Props) {
  const [unit, setUnit] = useState<Unit>(unitOf(defaultMinutes));
  const [amount, setAmount] = useState(String(defaultMinutes / units[unitOf(defaultMinutes)]));
  const unitId = useId();
  const minutes = (typed: string, of: Unit) => (typed === "" ? "" : String(Number(typed) * units[of]));
  return (
    <div className="grid grid-cols-[1fr_8rem] gap-2">
      <Input
        type="number"
        inputMode="numeric"
        min={0}
        value={amount}
        onChange={(event) => {
          setAmount(event.target.value);
          onChange(minutes(event.target.value, unit));
        }}
      />
      <Select
        id={unitId}
        aria-label="Unit of the notice"
        value={unit}
        onChange={(event) => {
          const chosen = event.target.value as Unit;
          setUnit(chosen);
          onChange(minutes(amount, chosen));
        }}
      >
        <option value="minutes">minutes</option>
        <option value="hours">hours</option>
        <option value="days">days</option>
      </Select>
      <input type="hidden" name={name} value={minutes(amount, unit)} />
    </div>
  );
}
