import { whenText } from "@/components/appointments/times";
import { CalendarDot } from "@/components/bindings/calendar-dot";
import { countText } from "@/components/connections/words";
import { Fold } from "@/components/runs/fold";
import { Spinner } from "@/components/ui/spinner";
import type { Clock } from "@/lib/time";
import { SkippedList } from "./skipped-dialog";
import type { Check, Preview } from "./use-preview";

/** What lies at the address, as far as that is known; what is wrong with it is said beside the field. */
export function PreviewPanel({ check, clock }: { check: Check; clock: Clock }) {
  return (
    <div aria-live="polite" className="empty:hidden">
      {check.state === "checking" && (
        <p className="flex items-center gap-2.5 text-muted">
          <Spinner className="size-4.5" />
          <span className="wrap-anywhere min-w-0">Reading from {check.server}…</span>
        </p>
      )}
      {check.state === "bad" && <p className="sr-only">{check.message}</p>}
      {check.state === "good" && <Found preview={check.preview} clock={clock} />}
    </div>
  );
}

function Found({ preview, clock }: { preview: Preview; clock: Clock }) {
  const { name, color, eventCount, nextEvents, skippedCount } = preview;
  return (
    <section aria-label="What it holds" className="flex flex-col gap-3 rounded-md bg-sunken p-4">
      <div className="flex items-start gap-3">
        <span className="mt-1.5 flex">
          <CalendarDot color={color} />
        </span>
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <span className="wrap-anywhere min-w-0 font-semibold">{name}</span>
          <span className="text-muted text-sm">
            {eventCount === 0 ? "No events at present" : countText(eventCount, "event")}
          </span>
        </p>
      </div>
      {eventCount > 0 && nextEvents.length === 0 && (
        <p className="text-muted text-sm">All of it is over; nothing lies ahead.</p>
      )}
      {nextEvents.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <p className="text-muted text-sm">Next:</p>
          <ul className="flex flex-col gap-1.5">
            {nextEvents.map(({ title, time }, place) => (
              <li
                // Two may well be called the same, at the same time.
                // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
                key={`${title} ${place}`}
                className="grid gap-x-4 text-[0.9375rem] sm:grid-cols-[minmax(0,1fr)_auto]"
              >
                <span className="wrap-anywhere min-w-0">{title || "Without a title"}</span>
                <span className="text-muted text-sm tabular-nums leading-6">{whenText(time, clock)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {skippedCount > 0 && (
        <Fold summary={`${countText(skippedCount, "event")} could not be read; the others can`}>
          <div className="pt-2">
            <SkippedList {...preview} />
          </div>
        </Fold>
      )}
    </section>
  );
}
