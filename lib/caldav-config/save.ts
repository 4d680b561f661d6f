import type { z } from "zod";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { findCaldavAccount, storeCaldav } from "@/lib/connections/connect";
import { openCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import type { RemoteAccount, TypedAccount } from "@/lib/providers";
import { listCaldavAccounts } from "./find";
import { caldavConfig } from "./schema";

type Config = z.infer<typeof caldavConfig>;
type Known = Awaited<ReturnType<typeof listCaldavAccounts>>[number];

/**
 * Configures the viewer's CalDAV account: finds it and its calendars, stores both, and binds it if it is the first
 * (SPEC C8). The same account again takes the new password.
 * @throws AppError invalid naming the field, conflict when another account is configured, or unavailable
 */
export async function saveCaldavConfig(viewer: Viewer, input: unknown): Promise<{ isNew: boolean }> {
  const config = parseInput(caldavConfig, input);
  const password = config.password ?? openPassword(config, await asViewer(viewer, listCaldavAccounts));
  const found = await find({ server: config.server_url, username: config.username, password });
  const calendarUrl = config.calendar_url && findWritable(found, config.calendar_url);
  let isNew = true;
  await storeCaldav(viewer, found, {
    calendarUrl,
    check: async (tx) => {
      const known = await listCaldavAccounts(tx);
      isNew = known.length === 0;
      if (!isNew && !known.some((one) => isSame(one, found)))
        throw new AppError("conflict", "Another CalDAV account is configured. Disconnect it first.");
    },
  });
  return { isNew };
}

const isSame = ({ serverUrl, account }: Known, { credentials }: RemoteAccount) =>
  serverUrl === credentials.serverUrl && account === credentials.username;

/** The stored password goes nowhere but to the address it was stored with. */
function openPassword({ server_url, username }: Config, known: Known[]): string {
  const same = known.find(({ serverUrl, account }) => serverUrl === server_url && account === username);
  const opened = same && openCredentials(same.id, same.credentials, env().FERNET_KEYS);
  if (opened && typeof opened === "object" && "password" in opened && typeof opened.password === "string")
    return opened.password;
  throw new AppError("invalid", "Enter the password.", { field: "password" });
}

/** Says it of the fields as they are named here. */
async function find(typed: TypedAccount): Promise<RemoteAccount> {
  try {
    return await findCaldavAccount(typed);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const { code, message, retryAfterSeconds } = cause;
    if (code === "reconnect") throw new AppError("invalid", message, { field: "password", cause });
    const when = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
    throw new AppError(code, message, { field: "server_url", ...when, cause });
  }
}

function findWritable({ calendars }: RemoteAccount, url: string): string {
  const refuse = (sentence: string) => new AppError("invalid", sentence, { field: "calendar_url" });
  const found = calendars.find(({ id }) => id === url || id === `${url}/`);
  if (!found) throw refuse("This account has no calendar at that address.");
  if (found.isReadOnly) throw refuse(`${found.name} is read-only, so nothing can be copied into it.`);
  return found.id;
}
