import { CircleAlert, X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { Span } from "@/lib/availability/schema";
import { MinuteSelect } from "./minute-select";

const quarter = 15;
const dayMinutes = 1440;

type IntervalRowProps = {
  /** `Monday,` */
  label: string;
  /** The day an end past midnight lies on. */
  nextDay: string;
  span: Span;
  mistake: string | undefined;
  hour12: boolean;
  onChange: (span: Span) => void;
  onRemove: () => void;
};

/** From when to when, the end also on the next day. */
export function IntervalRow({ label, nextDay, span, mistake, hour12, onChange, onRemove }: IntervalRowProps) {
  const id = useId();
  const goesOn = span.endMinute > dayMinutes;
  const shared = { hour12, isInvalid: mistake !== undefined };
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <MinuteSelect
          {...shared}
          label={`${label} from`}
          value={span.startMinute}
          min={0}
          max={dayMinutes - quarter}
          describedBy={mistake && `${id}-mistake`}
          onChange={(startMinute) => onChange({ startMinute, endMinute: span.endMinute })}
        />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <MinuteSelect
          {...shared}
          label={`${label} to`}
          value={span.endMinute}
          min={span.startMinute + quarter}
          max={span.startMinute + dayMinutes}
          describedBy={mistake ? `${id}-mistake` : goesOn ? `${id}-next` : undefined}
          onChange={(endMinute) => onChange({ startMinute: span.startMinute, endMinute })}
        />
        <IconButton label={`Remove ${label.replace(/,$/, "")}`} onClick={onRemove} Icon={X} />
      </div>
      {goesOn && !mistake && (
        <p id={`${id}-next`} className="text-muted text-sm">
          Ends on {nextDay}.
        </p>
      )}
      {mistake && (
        <p id={`${id}-mistake`} className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {mistake}
        </p>
      )}
    </div>
  );
}
