import { createHash } from "node:crypto";
import { type Meaning, meaningKey } from "@/lib/providers/meaning";

export { isSameTime, type Meaning, meaningOf } from "@/lib/providers/meaning";

/** The same for the same meaning. */
export function hashOf(copy: Meaning): string {
  return createHash("sha256").update(meaningKey(copy)).digest("base64url");
}
