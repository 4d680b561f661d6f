import clsx from "clsx";
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from "react";
import type { DayExplanation, StartExplanation } from "@/lib/availability/explain";
import { type Clock, formatTime } from "@/lib/time";
import { hoursOf, marksOf, type Place, placeIn, trackItems, widen } from "./strip";

type Props = {
  explanation: DayExplanation;
  /** On the strip, or a time asked for that is none of its starts. */
  chosen: StartExplanation | null;
  clock: Clock;
  onChoose: (start: StartExplanation) => void;
};

/** Along a side on a phone, across on a wide screen. */
const placed = "absolute max-md:top-(--from) max-md:h-(--size) md:left-(--from) md:w-(--size)";

/** In percent of a day: too little for a word from left to right. */
const narrow = 8;

/** A day to look at: its hours, what takes them, and every start. The lists beside it say the same in words. */
export function DayStrip({ explanation, chosen, clock, onChoose }: Props) {
  const { windows, busy, starts } = explanation;
  const { tracked, tracks } = trackItems(busy);
  const place = (range: { startsAt: Date; endsAt: Date }) => styleOf(placeIn(explanation, range));
  return (
    <div className="grid gap-1 text-xs max-md:auto-rows-auto max-md:grid-flow-col max-md:grid-cols-[2.75rem_1fr_2.4fr_3.25rem] max-md:grid-rows-[auto_46rem] md:grid-cols-[5.5rem_1fr]">
      <Lane label="" className="md:h-5">
        {hoursOf(explanation).map((hour, index) => (
          <span
            key={hour.getTime()}
            className={clsx(
              "absolute whitespace-nowrap text-muted tabular-nums max-md:top-(--from) max-md:-translate-y-1/2 max-md:first:translate-y-0 md:left-(--from) md:-translate-x-1/2 md:first:translate-x-0",
              index % 3 !== 0 && "md:hidden",
            )}
            style={place({ startsAt: hour, endsAt: hour })}
          >
            {formatTime(hour, clock)}
          </span>
        ))}
      </Lane>
      <Lane label="Hours" className="bg-sunken md:h-8">
        {windows.map((hours) => (
          <span
            key={hours.startsAt.getTime()}
            className={clsx(
              placed,
              "rounded-sm border border-accent-line bg-accent-soft max-md:inset-x-0 md:inset-y-0",
              hours.source === "override" && "border-2 border-accent border-dashed",
            )}
            style={place(hours)}
          />
        ))}
      </Lane>
      <Lane label="Busy" className="bg-sunken md:h-20">
        {tracked.map(({ item, track }) => {
          const across = { "--track": `${(track / tracks) * 100}%`, "--breadth": `${100 / tracks}%` };
          const key = `${item.kind} ${item.startsAt.getTime()} ${item.title} ${track}`;
          const aside = "max-md:left-(--track) max-md:w-(--breadth) md:top-(--track) md:h-(--breadth)";
          return (
            <span key={key} className="contents">
              <span
                className={clsx(placed, aside, "rounded-sm border border-line-strong border-dashed")}
                style={{ ...place(widen(item)), ...across } as CSSProperties}
              />
              <span
                className={clsx(
                  placed,
                  aside,
                  "overflow-hidden rounded-sm border border-line-strong bg-raised px-1 py-0.5 text-ink leading-4",
                  placeIn(explanation, item).size < narrow && "md:[writing-mode:vertical-rl]",
                )}
                style={{ ...place(item), ...across } as CSSProperties}
              >
                {item.title}
              </span>
            </span>
          );
        })}
        {chosen && (
          <span
            className={clsx(
              placed,
              "border-ring border-y-2 max-md:inset-x-0 md:inset-y-0 md:border-x-2 md:border-y-0",
            )}
            style={place(chosen)}
          />
        )}
      </Lane>
      <StartsLane explanation={explanation} chosen={chosen} clock={clock} onChoose={onChoose}>
        {marksOf(starts).map((mark, index) => {
          const start = starts[index];
          const isFree = start?.reasons.length === 0;
          return (
            <span
              key={mark.startsAt.getTime()}
              className={clsx(placed, "p-px max-md:inset-x-0 md:inset-y-0 md:flex md:items-end")}
              style={place(mark)}
            >
              <span
                className={clsx(
                  "block rounded-xs",
                  isFree
                    ? "size-full bg-success"
                    : "border border-line-strong max-md:h-full max-md:w-1/3 md:h-1/3 md:w-full",
                  start === chosen && "outline-2 outline-ring outline-offset-1",
                )}
              />
            </span>
          );
        })}
      </StartsLane>
    </div>
  );
}

function Lane({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  return (
    <>
      <span
        aria-hidden="true"
        className="self-center truncate text-muted max-md:text-center max-md:text-[0.6875rem]"
      >
        {label}
      </span>
      <div aria-hidden="true" className={clsx("relative min-w-0 overflow-clip rounded-sm", className)}>
        {children}
      </div>
    </>
  );
}

/** One slider over all starts: a press chooses the nearest, arrow keys go from one to the next. */
function StartsLane({ explanation, chosen, clock, onChoose, children }: Props & { children: ReactNode }) {
  const { starts } = explanation;
  const index = chosen ? starts.indexOf(chosen) : -1;
  const choose = (next: number) => {
    const start = starts[Math.min(Math.max(next, 0), starts.length - 1)];
    if (start) onChoose(start);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(index + step);
  };
  const onClick = ({ clientX, clientY, currentTarget }: MouseEvent) => {
    const box = currentTarget.getBoundingClientRect();
    const isAcross = box.width > box.height;
    const share = isAcross ? (clientX - box.left) / box.width : (clientY - box.top) / box.height;
    const length = explanation.endsAt.getTime() - explanation.startsAt.getTime();
    const instant = explanation.startsAt.getTime() + share * length;
    const after = starts.findIndex(({ startsAt }) => startsAt.getTime() > instant);
    choose(after < 0 ? starts.length - 1 : after - 1);
  };
  return (
    <>
      <span
        aria-hidden="true"
        className="self-center truncate text-muted max-md:text-center max-md:text-[0.6875rem]"
      >
        Starts
      </span>
      {starts.length > 0 ? (
        <div
          role="slider"
          tabIndex={0}
          aria-label="Start time"
          aria-valuemin={1}
          aria-valuemax={starts.length}
          aria-valuenow={Math.max(index, 0) + 1}
          aria-valuetext={
            chosen ? `${formatTime(chosen.startsAt, clock)}, ${stateOf(chosen)}` : "none chosen"
          }
          onKeyDown={onKeyDown}
          onClick={onClick}
          className="relative min-w-0 cursor-pointer rounded-sm bg-sunken md:h-11"
        >
          {children}
        </div>
      ) : (
        <div className="rounded-sm bg-sunken md:h-11" />
      )}
    </>
  );
}

const steps: Record<string, number> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  PageUp: -4,
  PageDown: 4,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export function stateOf({ reasons }: StartExplanation): "free" | "not free" {
  return reasons.length === 0 ? "free" : "not free";
}

function styleOf({ from, size }: Place): CSSProperties {
  return { "--from": `${from}%`, "--size": `${size}%` } as CSSProperties;
}
