import { CircleCheck, CircleSlash } from "lucide-react";
import type { StartExplanation } from "@/lib/availability/explain";
import { type Clock, formatTime } from "@/lib/time";
import { stateOf } from "./day-strip";

type Props = { start: StartExplanation | null; clock: Clock };

/** Why one time is free or not; spoken when it changes. */
export function Answer({ start, clock }: Props) {
  const isFree = start?.reasons.length === 0;
  const Icon = isFree ? CircleCheck : CircleSlash;
  return (
    <div
      aria-live="polite"
      // On a phone the day is longer than the screen; the answer stays in sight of what was pressed.
      className="z-10 flex min-h-20 flex-col gap-1.5 rounded-md bg-sunken p-4 max-md:sticky max-md:bottom-[calc(4rem+env(safe-area-inset-bottom))] max-md:shadow-pop"
    >
      {start ? (
        <>
          <p className="flex items-center gap-2 font-semibold">
            <Icon aria-hidden="true" className={isFree ? "size-5 text-success" : "size-5 text-muted"} />
            {formatTime(start.startsAt, clock)}–{formatTime(start.endsAt, clock)} is {stateOf(start)}
          </p>
          {start.reasons.length > 0 && (
            <ul className="flex list-disc flex-col gap-1 pl-7 text-[0.9375rem] marker:text-muted">
              {start.reasons.map(({ kind, text }) => (
                <li key={`${kind} ${text}`}>{text}</li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <p className="text-muted">Choose a start, or ask for a time.</p>
      )}
    </div>
  );
}
