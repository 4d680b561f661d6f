import { apiError, withHeaders } from "./errors";
import type { Google } from "./google";

const minute = 60_000;

/** Counts a request in the sliding minute of its user and of the project. @throws Refusal when it is full */
export function spendQuota(google: Google, spent: { clientId: string; email: string; units: number }): void {
  const { quota } = google.state.settings;
  if (!quota) return;
  const user = recentUse(google, `${spent.clientId} ${spent.email}`);
  const project = recentUse(google, spent.clientId);
  const isUserFull = total(user) + spent.units > quota.perMinutePerUser;
  if (isUserFull || total(project) + spent.units > quota.perMinutePerProject) {
    throw refusal(quota, isUserFull);
  }
  const use = { at: google.clock.now(), units: spent.units };
  user.push(use);
  project.push(use);
}

type Use = { at: number; units: number };

function recentUse(google: Google, key: string): Use[] {
  const since = google.clock.now() - minute;
  const recent = (google.state.usage.get(key) ?? []).filter((use) => use.at > since);
  google.state.usage.set(key, recent);
  return recent;
}

function total(uses: Use[]): number {
  return uses.reduce((sum, use) => sum + use.units, 0);
}

function refusal(quota: { status: 403 | 429; retryAfterSeconds: number | null }, isUserFull: boolean) {
  const isUserLimit = isUserFull && quota.status === 403;
  const error = apiError(quota.status, {
    domain: "usageLimits",
    reason: isUserLimit ? "userRateLimitExceeded" : "rateLimitExceeded",
    message: isUserLimit ? "User Rate Limit Exceeded" : "Rate Limit Exceeded",
  });
  if (quota.retryAfterSeconds === null) return error;
  return withHeaders(error, { "retry-after": String(quota.retryAfterSeconds) });
}
