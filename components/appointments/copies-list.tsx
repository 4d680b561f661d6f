import { StatusBadge } from "@/components/ui/badge";
import type { Copy } from "@/lib/appointments/copies";

/** Which of the viewer's calendars it has reached. */
export function CopiesList({ copies }: { copies: Copy[] }) {
  if (copies.length === 0) return null;
  return (
    <section aria-label="Copies" className="flex flex-col gap-2 border-line border-t pt-4">
      <h3 className="font-medium text-sm">In your calendars</h3>
      <ul className="flex flex-col gap-2">
        {copies.map(({ calendarId, calendarName, state, error }) => (
          <li key={calendarId} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span className="wrap-anywhere min-w-0 text-[0.9375rem]">{calendarName}</span>
            <StatusBadge status={looks[state].status}>{looks[state].word}</StatusBadge>
            {error && <p className="wrap-anywhere w-full text-muted text-sm">{error}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

const looks = {
  there: { status: "ok", word: "There" },
  onItsWay: { status: "working", word: "On its way" },
  failing: { status: "attention", word: "Not there yet" },
} as const;
