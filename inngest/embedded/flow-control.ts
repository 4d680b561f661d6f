import { createHash } from "node:crypto";
import type { DataPath, EngineFunction } from "./function-config";

// Every key is evaluated once, when the run is planned, and stored as text. A missing value is a value: null.

/** The value at a path of an event's data, as JSON. */
export function valueAt(data: unknown, path: DataPath): string {
  let value = data;
  for (const part of path)
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined;
  return JSON.stringify(value ?? null);
}

/** The same as an index can hold it: an entry has 2.7 kB, so a longer value counts as its digest. */
export function shortValueAt(data: unknown, path: DataPath): string {
  return short(valueAt(data, path));
}

const short = (value: string) =>
  value.length <= 200 ? value : createHash("sha256").update(value).digest("hex");

const mostValues = 200;

/** Every value that a path may find in the data, as `shortValueAt` has it; null when there are too many. */
export function valuesIn(data: unknown): string[] | null {
  const found = new Set(["null"]);
  const open = [data];
  for (let value = open.pop(); value !== undefined || open.length > 0; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    for (const inner of Object.values(value)) {
      if (found.size + open.length > mostValues) return null;
      found.add(short(JSON.stringify(inner ?? null)));
      open.push(inner);
    }
  }
  return [...found];
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
  return `${fn.id}:${path.join(".")}=${shortValueAt(data, path)}`;
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
