import { Plus } from "lucide-react";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { CopyDay } from "./copy-day";
import { IntervalRow } from "./interval-row";
import type { Row } from "./week";

type Props = {
  name: string;
  weekday: number;
  nextDay: string;
  rows: Row[];
  mistakes: Map<number, string>;
  hour12: boolean;
  canAdd: boolean;
  onAdd: () => void;
  onClear: () => void;
  onChange: (row: Row) => void;
  onRemove: (id: number) => void;
  onCopy: (to: number[]) => void;
};

export function DayRow({
  name,
  weekday,
  nextDay,
  rows,
  mistakes,
  hour12,
  canAdd,
  onAdd,
  onClear,
  onChange,
  onRemove,
  onCopy,
}: Props) {
  const isOpen = rows.length > 0;
  return (
    <fieldset className="grid grid-cols-[1fr_auto] gap-x-6 px-5 py-3 sm:grid-cols-[9rem_1fr_auto] sm:px-6">
      <legend className="sr-only">{name}</legend>
      <Checkbox
        label={<span className={isOpen ? "font-medium" : "text-muted"}>{name}</span>}
        checked={isOpen}
        onChange={() => (isOpen ? onClear() : onAdd())}
      />
      <div className="flex flex-col gap-2 max-sm:order-last max-sm:col-span-2">
        {!isOpen && <p className="py-2.5 text-muted text-[0.9375rem] leading-6 max-sm:hidden">Closed</p>}
        {rows.map((row, index) => (
          <IntervalRow
            key={row.id}
            label={rows.length > 1 ? `${name}, interval ${index + 1},` : `${name},`}
            nextDay={nextDay}
            span={row}
            mistake={mistakes.get(row.id)}
            hour12={hour12}
            onChange={(span) => onChange({ ...row, ...span })}
            onRemove={() => onRemove(row.id)}
          />
        ))}
      </div>
      {isOpen && (
        <div className="flex items-start">
          <IconButton label={`Add hours on ${name}`} disabled={!canAdd} onClick={onAdd} Icon={Plus} />
          <CopyDay name={name} weekday={weekday} onCopy={onCopy} />
        </div>
      )}
    </fieldset>
  );
}
