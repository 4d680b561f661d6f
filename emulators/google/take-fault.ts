import { namedErrors, withHeaders } from "./errors";
import type { Effect } from "./fault";
import type { Google } from "./google";
import type { Refusal } from "./http";
import { random } from "./random";

/** The fault this request runs into, counted as used. */
export function takeFault(google: Google, route: string): Effect | null {
  for (const fault of google.state.faults) {
    if (fault.route !== "*" && fault.route !== route) continue;
    if (fault.times === 0) continue;
    if (fault.skip) {
      fault.skip -= 1;
      continue;
    }
    if (fault.chance !== undefined && random(google.state) >= fault.chance) continue;
    if (fault.chance === undefined || fault.times !== undefined) fault.times = (fault.times ?? 1) - 1;
    return fault.effect;
  }
  return null;
}

export function namedFailure(effect: Extract<Effect, { kind: "error" }>): Refusal {
  const refusal = namedErrors[effect.error]();
  if (effect.retryAfterSeconds === undefined) return refusal;
  return withHeaders(refusal, { "retry-after": String(effect.retryAfterSeconds) });
}
