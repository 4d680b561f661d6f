import { Refusal, type Reply } from "./http";

type Detail = { domain: string; reason: string; message: string; locationType?: string; location?: string };

/** Google's error envelope. `outer` is the message beside the code where it is not that of the detail. */
export function apiError(
  status: number,
  detail: Detail,
  more: { outer?: string; extra?: object } = {},
): Refusal {
  const error = { errors: [detail], code: status, message: more.outer ?? detail.message, ...more.extra };
  return new Refusal({ status, body: { error } });
}

export function withHeaders(refusal: Refusal, headers: Record<string, string>): Refusal {
  const reply: Reply = { ...refusal.reply, headers: { ...refusal.reply.headers, ...headers } };
  return new Refusal(reply);
}

export const invalidCredentials = () =>
  withHeaders(
    apiError(
      401,
      {
        domain: "global",
        reason: "authError",
        message: "Invalid Credentials",
        locationType: "header",
        location: "Authorization",
      },
      { extra: { status: "UNAUTHENTICATED" } },
    ),
    { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  );

export const loginRequired = () =>
  apiError(401, {
    domain: "global",
    reason: "required",
    message: "Login Required",
    locationType: "header",
    location: "Authorization",
  });

export const insufficientScopes = (method: string) =>
  withHeaders(
    apiError(
      403,
      { domain: "global", reason: "insufficientPermissions", message: "Insufficient Permission" },
      {
        outer: "Request had insufficient authentication scopes.",
        extra: {
          status: "PERMISSION_DENIED",
          details: [
            {
              "@type": "type.googleapis.com/google.rpc.ErrorInfo",
              reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
              domain: "googleapis.com",
              metadata: { service: "calendar-json.googleapis.com", method },
            },
          ],
        },
      },
    ),
    { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"' },
  );

export const badRequest = (message = "Bad Request") =>
  apiError(400, { domain: "global", reason: "badRequest", message });

export const invalid = (message: string, location?: string) =>
  apiError(400, {
    domain: "global",
    reason: "invalid",
    message,
    ...(location ? { locationType: "parameter", location } : {}),
  });

export const invalidParameter = (name: string, value: string) =>
  apiError(400, {
    domain: "global",
    reason: "invalidParameter",
    message: `Invalid value '${value}' for parameter '${name}'.`,
    locationType: "parameter",
    location: name,
  });

export const required = (message: string) => apiError(400, { domain: "global", reason: "required", message });

export const timeRangeEmpty = () =>
  apiError(400, {
    domain: "calendar",
    reason: "timeRangeEmpty",
    message: "The specified time range is empty.",
    locationType: "parameter",
    location: "timeMax",
  });

export const notFound = (message = "Not Found") =>
  apiError(404, { domain: "global", reason: "notFound", message });

export const duplicate = () =>
  apiError(409, {
    domain: "global",
    reason: "duplicate",
    message: "The requested identifier already exists.",
  });

export const deleted = () =>
  apiError(410, { domain: "global", reason: "deleted", message: "Resource has been deleted" });

export const conditionNotMet = () =>
  apiError(412, {
    domain: "global",
    reason: "conditionNotMet",
    message: "Precondition Failed",
    locationType: "header",
    location: "If-Match",
  });

export const requiredAccessLevel = () =>
  apiError(403, {
    domain: "calendar",
    reason: "requiredAccessLevel",
    message: "You need to have writer access to this calendar.",
  });

export const forbiddenForNonOrganizer = () =>
  apiError(403, {
    domain: "calendar",
    reason: "forbiddenForNonOrganizer",
    message: "Shared properties can only be changed by the organizer of the event.",
  });

export type GoneReason = "fullSyncRequired" | "updatedMinTooLongAgo";

export const gone = (reason: GoneReason, location: string) =>
  apiError(410, {
    domain: "calendar",
    reason,
    message:
      reason === "fullSyncRequired"
        ? "Sync token is no longer valid, a full sync is required."
        : "The requested minimum modification time lies too far in the past.",
    locationType: "parameter",
    location,
  });

/** The failures a fault can play by name, as the errors guide prints them. */
export const namedErrors = {
  authError: invalidCredentials,
  userRateLimitExceeded: () => usageLimits(403, "userRateLimitExceeded", "User Rate Limit Exceeded"),
  rateLimitExceeded: () => usageLimits(403, "rateLimitExceeded", "Rate Limit Exceeded"),
  tooManyRequests: () => usageLimits(429, "rateLimitExceeded", "Rate Limit Exceeded"),
  quotaExceeded: () => usageLimits(403, "quotaExceeded", "Calendar usage limits exceeded."),
  insufficientPermissions: () => insufficientScopes("calendar.v3"),
  notFound: () => notFound(),
  backendError: () => apiError(500, { domain: "global", reason: "backendError", message: "Backend Error" }),
  unavailable: () => apiError(503, { domain: "global", reason: "backendError", message: "Backend Error" }),
  fullSyncRequired: () => gone("fullSyncRequired", "syncToken"),
  updatedMinTooLongAgo: () => gone("updatedMinTooLongAgo", "syncToken"),
} satisfies Record<string, () => Refusal>;
export type NamedError = keyof typeof namedErrors;

function usageLimits(status: number, reason: string, message: string): Refusal {
  return apiError(status, { domain: "usageLimits", reason, message });
}
