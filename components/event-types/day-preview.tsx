import clsx from "clsx";
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

const looks: Record<Part["kind"], { className: string; name?: string }> = {
  meeting: { className: "bg-accent", name: "new meeting" },
  buffer: { className: "border border-accent-line bg-accent-soft", name: "its buffers" },
  event: { className: "bg-muted", name: "your event" },
  open: { className: "" },
};

/** A picture of what the words beside it say. */
function Bar({ parts }: { parts: Part[] }) {
  const kinds = new Set(parts.map(({ kind }) => kind));
  return (
    <div aria-hidden="true" className="flex flex-col gap-2">
      <div className="flex h-8 gap-0.5">
        {parts.map(({ key, kind, minutes }) => (
          <span
            key={key}
            className={clsx("rounded-sm", looks[kind].className)}
            style={{ flexGrow: minutes, flexBasis: 0 }}
          />
        ))}
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
        {[...kinds].map((kind) => {
          const { name, className } = looks[kind];
          return (
            name && (
              <span key={kind} className="flex items-center gap-1.5">
                <span className={clsx("size-3 rounded-sm", className)} />
                {name}
              </span>
            )
          );
        })}
      </p>
    </div>
  );
}

/** Around midnight, too. */
function clock(minute: number): string {
  return formatMinute(((minute % 1440) + 1440) % 1440);
}
