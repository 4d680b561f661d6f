import { formatMinute } from "@/lib/availability/schema";
import { lengthText } from "./lengths";

type Lengths = { duration: number; interval: number; before: number; after: number };

const tenOClock = 600;

/** What the lengths mean for a meeting at ten: buffers are the least understood setting there is. */
export function DayPreview({ duration, interval, before, after }: Lengths) {
  if (![duration, interval, before, after].every(Number.isFinite) || duration <= 0 || interval <= 0)
    return null;
  const total = before + duration + after;
  const from = clock(tenOClock - before);
  const to = clock(tenOClock + duration + after);
  const starts = [0, 1, 2].map((step) => clock(540 + step * interval)).join(", ");
  return (
    <div className="flex flex-col gap-3 rounded-md bg-sunken p-4 text-sm">
      <p>
        A meeting booked for 10:00 keeps <strong className="font-semibold">{`${from}–${to}`}</strong> free of
        others, {lengthText(total)} in all.
      </p>
      <div aria-hidden="true" className="flex h-8 gap-0.5 overflow-hidden rounded-sm text-xs">
        <Part share={before} className="bg-accent-soft text-accent-text">
          before
        </Part>
        <Part share={duration} className="bg-accent font-medium text-on-accent">
          meeting
        </Part>
        <Part share={after} className="bg-accent-soft text-accent-text">
          after
        </Part>
      </div>
      <p className="text-muted">From 09:00 on, visitors are offered {starts} …</p>
    </div>
  );
}

function Part({ share, className, children }: { share: number; className: string; children: string }) {
  if (share <= 0) return null;
  return (
    <span
      className={`grid min-w-0 place-items-center overflow-hidden text-ellipsis ${className}`}
      style={{ flexGrow: share, flexBasis: 0 }}
    >
      {children}
    </span>
  );
}

/** Around midnight, too. */
function clock(minute: number): string {
  return formatMinute((minute + 1440) % 1440);
}
