import { createHash, timingSafeEqual } from "node:crypto";

/** Whether an Authorization header carries this token; how long it takes does not tell how much of it is right. */
export function carriesToken(authorization: string | null, token: string): boolean {
  return timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`));
}

const digest = (text: string) => createHash("sha256").update(text).digest();
