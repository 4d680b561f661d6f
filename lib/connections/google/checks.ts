import type { calendarConnections } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import type { Attempt } from "./attempt";
import type { GoogleTokens } from "./credentials";
import type { Grant } from "./oauth";
import { listMissingPermissions } from "./scopes";

type Known = Pick<typeof calendarConnections.$inferSelect, "id" | "subject" | "account">;

/** Before anything is asked of Google: that this answer belongs to this browser and this person. */
export function checkAttempt(viewer: Viewer, attempt: Attempt | null, answer: URLSearchParams): Attempt {
  if (!attempt) {
    throw new AppError(
      "invalid",
      "This sign-in at Google took longer than ten minutes, was used already, or began in another browser. Start again.",
    );
  }
  if (attempt.userId !== viewer.userId) {
    throw new AppError(
      "forbidden",
      "Somebody else was signed in here when this began, so nothing was connected. Start again.",
    );
  }
  if (answer.get("state") !== attempt.state) {
    throw new AppError(
      "invalid",
      "This answer of Google's does not belong to your last attempt. Start again.",
    );
  }
  return attempt;
}

export function checkAccount(own: Known[], reconnectId: string | null, { subject, email }: Grant): void {
  if (reconnectId === null) return;
  const expected = own.find(({ id }) => id === reconnectId);
  if (!expected) throw new AppError("not_found", "This Google account is not connected any more.");
  if (expected.subject === subject) return;
  throw new AppError(
    "conflict",
    `You chose ${email} at Google, but it is ${expected.account} that wants reconnecting. Choose that one.`,
  );
}

export function checkGrant({ tokens }: Grant): GoogleTokens {
  const missing = listMissingPermissions(tokens.scopes);
  if (missing.length > 0) {
    const names = missing.map((name) => `“${name}”`).join(" and ");
    throw new AppError(
      "forbidden",
      `At Google ${names} ${missing.length === 1 ? "was" : "were"} not ticked. Without that nothing can be kept in step: continue once more and tick every box.`,
    );
  }
  const { refreshToken } = tokens;
  if (refreshToken !== null) return { ...tokens, refreshToken };
  throw new AppError(
    "unavailable",
    "Google let us in for an hour only. Remove our access at myaccount.google.com/connections, then continue once more.",
  );
}
