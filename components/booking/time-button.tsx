import { type Clock, crossesMidnight, formatTime, zoneCity } from "@/lib/time";
import type { Slot } from "./slots-query";

type TimeButtonProps = {
  slot: Slot;
  clock: Clock;
  /** The day, where the times of several stand together. */
  label?: string;
  /** The offset, where it is not the same for all of them. */
  note?: string | undefined;
  onPress: () => void;
};

/** `13:30`; its name is `13:30 to 14:00, Berlin time`. */
export function TimeButton({ slot, clock, label, note, onPress }: TimeButtonProps) {
  const [start, end] = [new Date(slot.start), new Date(slot.end)];
  const notes = [note, crossesMidnight(start, end, clock.timeZone) && "ends next day"].filter(Boolean);
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex h-full min-h-11 w-full flex-col items-center justify-center rounded-md border border-accent-line bg-surface px-2 py-1.5 font-medium text-[0.9375rem] text-accent-text tabular-nums transition-colors hover:border-accent hover:bg-accent hover:text-on-accent"
    >
      {label && <span className="font-normal text-xs">{label} </span>}
      <span>
        {formatTime(start, clock)}
        <span className="sr-only">
          {" "}
          to {formatTime(end, clock)}, {zoneCity(clock.timeZone)} time{notes.length > 0 && ", "}
        </span>
      </span>
      {notes.length > 0 && <span className="font-normal text-xs">{notes.join(", ")}</span>}
    </button>
  );
}
