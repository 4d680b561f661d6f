import { formatMinute } from "@/lib/availability/schema";
import { formatLength } from "@/lib/time";
import { type Lengths, type Part, planPreview } from "./preview";

/** What the lengths mean around a meeting: buffers are the least understood setting there is. */
export function DayPreview(lengths: Lengths) {
  const preview = planPreview(lengths);
  if (!preview) return null;
  const { duration, before, after } = lengths;
  const { starts, kept, lastStart, firstStart, parts } = preview;
  return (
    <div className="flex flex-col gap-4 rounded-md bg-sunken p-4 text-sm">
      <div className="flex flex-col gap-1">
        <p>
          A meeting booked for 10:00 keeps{" "}
          <strong className="font-semibold">{`${clock(kept.from)}–${clock(kept.to)}`}</strong> free of others,{" "}
          {formatLength(before + duration + after)} in all.
        </p>
        <p className="text-muted">From 09:00 on, visitors are offered {starts.map(clock).join(", ")} …</p>
      </div>
      <div className="flex flex-col gap-2">
        <p className="font-medium">Around an event in your calendar from 12:00 to 13:00</p>
        <Bar parts={parts} />
        <ul className="flex list-disc flex-col gap-1 pl-4">
          <li>
            {after > 0 &&
              "Your after-buffer is kept free before an existing event: it follows the new meeting. "}
            {lastStart === null ? (
              "No start before it fits that morning."
            ) : (
              <>
                The last start before it is <strong className="font-semibold">{clock(lastStart)}</strong>.
              </>
            )}
          </li>
          <li>
            {before > 0 && "Your before-buffer is kept free after it: it leads up to the new meeting. "}
            The first start after it is <strong className="font-semibold">{clock(firstStart)}</strong>.
          </li>
          {before + after > 0 && (
            <li>Two bookings in a row keep both buffers between them: {formatLength(before + after)}.</li>
          )}
        </ul>
      </div>
    </div>
  );
}

const looks: Record<Part["kind"], string> = {
  meeting: "bg-accent font-medium text-on-accent",
  buffer: "bg-accent-soft text-accent-text",
  event: "bg-muted font-medium text-surface",
  open: "",
};

function Bar({ parts }: { parts: Part[] }) {
  return (
    <div aria-hidden="true" className="flex h-9 gap-0.5 overflow-hidden rounded-sm text-xs">
      {parts.map(({ kind, minutes, label }) => (
        <span
          key={`${kind} ${label}`}
          className={`grid min-w-0 place-items-center overflow-hidden rounded-sm ${looks[kind]}`}
          style={{ flexGrow: minutes, flexBasis: 0 }}
        >
          <span className="max-w-full overflow-hidden text-ellipsis whitespace-nowrap px-1">{label}</span>
        </span>
      ))}
    </div>
  );
}

/** Around midnight, too. */
function clock(minute: number): string {
  return formatMinute(((minute % 1440) + 1440) % 1440);
}
