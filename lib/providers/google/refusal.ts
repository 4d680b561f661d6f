import { z } from "zod";
import { AppError } from "@/lib/errors";

/** What Google says when it does not do what was asked. */
export type Refusal = { status: number; reason: string; location: string; message: string };

const text = z.string().catch("");
const error = z.object({ reason: text, message: text, location: text });
/** Google's newer services say the reason in `details`, in capitals, with or without the older `errors`. */
const envelope = z.object({
  error: z.object({
    message: text,
    errors: z.array(error).catch([]),
    details: z.array(z.object({ reason: text })).catch([]),
  }),
});

const longSeconds = 3600;
const slowDown = new Set(["rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"]);
const usedUp = new Set(["quotaExceeded", "dailyLimitExceeded", "calendarUsageLimitsExceeded"]);
const missingScopes = new Set(["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"]);
const switchedOff = new Set(["accessNotConfigured", "SERVICE_DISABLED"]);

/** Proxies on the way answer in HTML: then only the status is known. */
export function readRefusal(status: number, text: string): Refusal {
  const { error } = envelope.safeParse(parsed(text)).data ?? {};
  const first = error?.errors[0];
  return {
    status,
    reason: first?.reason || (error?.details.find(({ reason }) => reason)?.reason ?? ""),
    location: first?.location ?? "",
    message: (first?.message || error?.message) ?? "",
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The failures that mean the same whatever was asked; null for one the caller may have a use for. */
export function generalFailure(refusal: Refusal, retryAfterSeconds: number | null): AppError | null {
  const { status, reason } = refusal;
  const details = retryAfterSeconds === null ? {} : { retryAfterSeconds };
  if (usedUp.has(reason)) {
    const sentence = "Google's limits for this account are used up for now. They open again by themselves.";
    return new AppError("rate_limited", sentence, { retryAfterSeconds: retryAfterSeconds ?? longSeconds });
  }
  if (status === 429 || slowDown.has(reason)) {
    return new AppError("rate_limited", "Google asks us to slow down.", details);
  }
  if (status >= 500 || status === 408 || status < 400) {
    return new AppError("unavailable", `Google cannot answer at the moment (${status}).`, details);
  }
  if (status === 401) return refusedAccess();
  if (missingScopes.has(reason)) return missingPermissions();
  if (switchedOff.has(reason)) {
    const sentence =
      "The Google Calendar API is not switched on in this installation's Google Cloud project.";
    return new AppError("unavailable", sentence, { retryAfterSeconds: longSeconds });
  }
  return null;
}

/** What a refusal means that the caller has no other way out of. */
export function failureOf({ status, reason, message }: Refusal): AppError {
  if (status === 404 || status === 410) {
    return new AppError("not_found", "Google has no such calendar any more, or no longer shares it.");
  }
  if (status === 412) return changedThere();
  if (status === 403)
    return new AppError("forbidden", `Google does not allow this${words(message || reason)}`);
  return new AppError("invalid", `Google refused the request${words(message || reason || String(status))}`);
}

export function changedThere(): AppError {
  return new AppError("conflict", "The event was changed or deleted in the calendar.");
}

export function unreadableAnswer(): AppError {
  return new AppError("unavailable", "Google's answer could not be read.");
}

function refusedAccess(): AppError {
  return new AppError("reconnect", "Google does not let us into this account any more. Connect it again.");
}

function missingPermissions(): AppError {
  const sentence =
    "Google does not allow us everything we need. Connect the account again, all boxes ticked.";
  return new AppError("reconnect", sentence);
}

const words = (text: string) => (text ? `: ${text.slice(0, 200).replace(/\.?$/, ".")}` : ".");
