import { createHash } from "node:crypto";
import { z } from "zod";
import { openCredentials, sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";

const sealed = z.object({ url: z.string() });

/** What a feed's connection keeps of its address, which whoever has it reads the feed with: sealed, but for its server. */
export function sealAddress(connectionId: string, url: string) {
  return {
    serverUrl: new URL(url).origin,
    account: accountOf(url),
    credentials: sealCredentials(connectionId, { url }, env().FERNET_KEYS),
  };
}

/** Tells addresses apart without saying them: nobody subscribes twice to one. */
export const accountOf = (url: string): string => createHash("sha256").update(url).digest("hex");

/** The address again, for its host; null when no key opens it any more. */
export function findAddress(connection: { id: string; credentials: string }): string | null {
  try {
    return sealed.parse(openCredentials(connection.id, connection.credentials, env().FERNET_KEYS)).url;
  } catch {
    return null;
  }
}
