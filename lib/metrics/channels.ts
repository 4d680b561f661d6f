import { countChannels } from "@/lib/channels/health";
import type { Metric } from "./text";

const states = ["live", "opening", "overdue", "expired", "refused", "polled"] as const;

/** Whether changes are told of, or only found when it is a calendar's turn. */
export async function channelMetrics(now: Date): Promise<Metric[]> {
  const counted = await countChannels(now);
  return [
    {
      name: "calends_channels",
      help: "Calendars that are read, by the state of their push channel. An overdue one does not tell of changes.",
      type: "gauge",
      samples: states.map((state) => ({
        labels: { state },
        value: counted.states.find((row) => row.state === state)?.n ?? 0,
      })),
    },
    {
      name: "calends_channels_expiring",
      help: "Push channels that end within a day and have no successor: renewing them fails.",
      type: "gauge",
      samples: [{ value: counted.expiring }],
    },
  ];
}
