import { Banner } from "@/components/ui/banner";
import { type Hours, longestWindowMinutes } from "@/lib/schedules/schema";
import { formatLength } from "@/lib/time";

export type Offered = { id: string; title: string; durationMinutes: number };

/** Says at once which event types fit into no window, and so could never be booked. */
export function TooLong({ eventTypes, hours, overrides }: Hours & { eventTypes: Offered[] }) {
  const longest = longestWindowMinutes({ hours, overrides });
  const tooLong = eventTypes.filter(({ durationMinutes }) => durationMinutes > longest);
  if (tooLong.length === 0) return null;
  const names = tooLong.map(({ title }) => `“${title}”`).join(", ");
  return (
    <div className="px-5 pb-5 sm:px-6">
      <Banner tone="warning" live="status" title={`Nobody can book ${names}`}>
        {longest === 0
          ? "These hours are empty."
          : `The longest time without a gap in these hours is ${formatLength(longest)}, and ${
              tooLong.length === 1 ? "the meeting takes" : "the meetings take"
            } longer.`}
      </Banner>
    </div>
  );
}
