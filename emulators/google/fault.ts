import type { NamedError } from "./errors";

/**
 * An accident that happens to requests of one route, `events.list`, or to all, `*`. `times` is how often
 * (once, when it is left out), `skip` how many it lets pass first, `chance` how likely it is each time.
 */
export type Fault = {
  route: string;
  effect: Effect;
  times?: number;
  skip?: number;
  chance?: number;
};

/** `after` lets the request do its work and then loses the answer. */
export type Effect =
  | { kind: "error"; error: NamedError; retryAfterSeconds?: number; after?: boolean }
  | { kind: "status"; status: number; body?: string; retryAfterSeconds?: number; after?: boolean }
  | { kind: "latency"; milliseconds: number }
  | { kind: "reset"; after?: boolean }
  | { kind: "truncate"; bytes?: number };
