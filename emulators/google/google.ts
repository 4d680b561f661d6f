import type { Clock } from "./clock";
import type { State } from "./state";

/** One emulated Google: what it knows, its time, and where it can be reached. */
export type Google = {
  state: State;
  clock: Clock;
  /** Without a slash at the end. */
  baseUrl: string;
  log: LogEntry[];
  /** Every message that was to be sent, and what came of it. */
  deliveries: Delivered[];
  /** The last message on its way, by channel: one channel's messages follow one another. */
  inFlight: Map<string, Promise<void>>;
};

/** `status` is null where nobody answered. */
export type Delivered = {
  channelId: string;
  number: number;
  resourceState: string;
  outcome: "delivered" | "dropped" | "failed";
  status: number | null;
};

export type LogEntry = {
  at: string;
  route: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
  user: string | null;
  status: number | null;
  /** What a fault did to this request. */
  fault: string | null;
};
