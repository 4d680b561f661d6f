import { CircleAlert, Plus, X } from "lucide-react";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyDay } from "./copy-day";
import { MinuteSelect } from "./minute-select";
import type { Row } from "./week";

type Props = {
  name: string;
  weekday: number;
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
            row={row}
            mistake={mistakes.get(row.id)}
            hour12={hour12}
            onChange={onChange}
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

type IntervalRowProps = {
  label: string;
  row: Row;
  mistake: string | undefined;
  hour12: boolean;
  onChange: (row: Row) => void;
  onRemove: () => void;
};

function IntervalRow({ label, row, mistake, hour12, onChange, onRemove }: IntervalRowProps) {
  const mistakeId = useId();
  const shared = { hour12, describedBy: mistake ? mistakeId : undefined };
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <MinuteSelect
          {...shared}
          label={`${label} from`}
          value={row.startMinute}
          min={0}
          max={1425}
          onChange={(startMinute) => onChange({ ...row, startMinute })}
        />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <MinuteSelect
          {...shared}
          label={`${label} to`}
          value={row.endMinute}
          min={15}
          max={1440}
          onChange={(endMinute) => onChange({ ...row, endMinute })}
        />
        <IconButton label={`Remove ${label.replace(/,$/, "")}`} onClick={onRemove} Icon={X} />
      </div>
      {mistake && (
        <p id={mistakeId} className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {mistake}
        </p>
      )}
    </div>
  );
}

type IconButtonProps = { label: string; disabled?: boolean; onClick: () => void; Icon: typeof Plus };

function IconButton({ label, disabled = false, onClick, Icon }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className="grid size-11 shrink-0 place-items-center rounded-md text-muted transition-colors not-disabled:hover:bg-sunken not-disabled:hover:text-ink disabled:opacity-40"
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}
