import { createHash } from "node:crypto";
import type { DataPath, EngineFunction } from "./function-config";

// Every key is evaluated once, when the run is planned, and stored as text. A missing value is a value: null.

/** The value at a path of an event's data, as JSON. */
export function valueAt(data: unknown, path: DataPath): string {
  let value = data;
  for (const part of path)
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return JSON.stringify(value ?? null);
}

/** How many steps of which key may be in flight together. */
export function concurrencyOf(fn: EngineFunction, data: unknown) {
  return {
    concurrencyKeys: fn.concurrency.map(({ key }) => keyOf(fn, key, data)),
    concurrencyLimits: fn.concurrency.map(({ limit }) => limit),
  };
}

export const idempotencyKey = (fn: EngineFunction, data: unknown) =>
  fn.idempotency && keyOf(fn, fn.idempotency, data);

export const singletonKey = (fn: EngineFunction, data: unknown) =>
  fn.singleton && keyOf(fn, fn.singleton.key, data);

export const debounceKey = (fn: EngineFunction, data: unknown) =>
  fn.debounce && keyOf(fn, fn.debounce.key, data);

function keyOf(fn: EngineFunction, path: DataPath | null, data: unknown): string {
  if (!path) return fn.id;
  const value = valueAt(data, path);
  // An index entry holds 2.7 kB; a longer value counts as its digest.
  const short = value.length <= 200 ? value : createHash("sha256").update(value).digest("hex");
  return `${fn.id}:${path.join(".")}=${short}`;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const backoff = [
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  40 * minute,
  hour,
];

/** The server's own waits: 15 s after the first failure, up to 2 h, and up to 30 s of chance on top. */
export function backoffMs(attempt: number): number {
  return (backoff[attempt] ?? 2 * hour) + Math.random() * 30 * second;
}
