import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { AppError } from "@/lib/errors";

/** What a connection is told whose access was withdrawn, ran out, or never was enough. */
export const withdrawn = "Access was withdrawn or has run out. Continue with Google once more to renew it.";

/**
 * The library's errors as ours. They carry whole answers, tokens among them, so none of them becomes a cause; what is
 * no error of the library's or ours is returned as it is.
 */
export function translated(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof AuthorizationResponseError) return refusedConsent(error.error);
  if (error instanceof ResponseBodyError) return refusedRequest(error.error, error.status);
  if (error instanceof ClientError) return passed(error.cause) ?? misunderstood(error.code ?? "unknown");
  return error;
}

export const isInvalidGrant = (error: unknown): boolean =>
  error instanceof ResponseBodyError && error.error === "invalid_grant";

/** RFC 6749 §4.1.2.1, and what Google adds. */
function refusedConsent(code: string): AppError {
  if (code === "access_denied") {
    return new AppError("forbidden", "You did not allow access at Google, so nothing was connected.");
  }
  if (code === "admin_policy_enforced" || code === "org_internal") {
    return new AppError(
      "forbidden",
      "Your Google Workspace administrator does not allow this application. Ask them to trust it.",
    );
  }
  return new AppError(
    "unavailable",
    `Google could not ask you for access (${codeOnly(code)}). Try it again.`,
  );
}

/** RFC 6749 §5.2. */
function refusedRequest(code: string, status: number): AppError {
  if (code === "invalid_grant") {
    return new AppError("invalid", "This answer of Google's was used already, or is too old. Start again.");
  }
  if (code === "invalid_client" || code === "unauthorized_client") {
    return new AppError(
      "unavailable",
      "Google does not accept this installation's client id and secret. Ask your administrator.",
    );
  }
  return new AppError("unavailable", `Google refused our request (${status} ${codeOnly(code)}).`);
}

/** Somebody else's text on its way into a sentence. */
const codeOnly = (code: string) => (/^[\w-]{1,40}$/.test(code) ? code : "unknown");

/** What stopped the request underneath the library. */
function passed(cause: unknown): AppError | null {
  if (!(cause instanceof AppError)) return null;
  if (cause.code === "unavailable" || cause.code === "rate_limited") return cause;
  return new AppError("unavailable", cause.message);
}

function misunderstood(code: string): AppError {
  return new AppError("unavailable", `Google's answer could not be understood (${codeOnly(code)}).`);
}
