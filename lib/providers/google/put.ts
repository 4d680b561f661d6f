import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import { hasMeaningOf } from "@/lib/providers/meaning";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import type { Api, ApiAnswer } from "./api";
import { checkCalendar, type Found, findEvent } from "./copy";
import { bodyOf } from "./event";
import { changedThere, failureOf, unreadableAnswer } from "./refusal";
import { written, writtenFields } from "./schema";

// Nobody is written to: guests and visitors hear from us.
const query = { sendUpdates: "none", fields: writtenFields };
const generations = 20;

export function putEvent(
  api: Api,
  calendarId: string,
  draft: EventDraft,
  previous?: RemoteRef,
): Promise<RemoteRef> {
  return previous ? replace(api, calendarId, draft, previous) : create(api, calendarId, draft);
}

/**
 * Under an id that follows from the UID, so that a repeated insert is refused: what lies there then decides. The id of a
 * deleted event stays taken, so what is put again after that has the next one.
 */
async function create(api: Api, calendarId: string, draft: EventDraft): Promise<RemoteRef> {
  for (let generation = 0; generation < generations; generation++) {
    const id = idOf(draft.uid, generation);
    const body = { id, ...withoutNulls(bodyOf(draft)) };
    const answer = await api.call({ method: "POST", path: ["calendars", calendarId, "events"], query, body });
    if (answer.ok || answer.status !== 409) return refOf(answer);
    const found = await findEvent(api, calendarId, id);
    if (found.kind === "there" || found.kind === "odd") return adopt(found, draft);
    // Taken and not to be seen: one of ours that is still being made. Another id would make a second event.
    if (found.kind === "unknown")
      throw new AppError("unavailable", "Google is not done with this event yet.");
  }
  throw new AppError(
    "conflict",
    "The event was deleted in the calendar too often to be put there once more.",
  );
}

/** A patch leaves alone what the host added: reminders, a colour, guests. */
async function replace(
  api: Api,
  calendarId: string,
  draft: EventDraft,
  previous: RemoteRef,
): Promise<RemoteRef> {
  const path = ["calendars", calendarId, "events", previous.id];
  const body = { ...bodyOf(draft), recurrence: null };
  const answer = await api.call({ method: "PATCH", path, query, body, etag: previous.etag });
  if (!answer.ok && answer.status === 412) {
    return adopt(await findEvent(api, calendarId, previous.id), draft);
  }
  if (!answer.ok && (answer.status === 404 || answer.status === 410)) {
    await checkCalendar(api, calendarId);
    throw changedThere();
  }
  return refOf(answer);
}

/** An earlier put went through and its answer was lost, or somebody else was here. */
function adopt(found: Found, draft: EventDraft): RemoteRef {
  const isOurs = found.kind === "there" && found.copy.uid === draft.uid && hasMeaningOf(found.copy, draft);
  if (!isOurs) throw changedThere();
  return { id: found.copy.id, etag: found.copy.etag };
}

function refOf(answer: ApiAnswer): RemoteRef {
  if (!answer.ok) throw failureOf(answer);
  const event = written.safeParse(answer.body);
  if (!event.success) throw unreadableAnswer();
  if (event.data.status === "cancelled") throw changedThere();
  return { id: event.data.id, etag: event.data.etag };
}

/** Base32hex in small letters is what Google takes, 5 to 1024 of them. */
function idOf(uid: string, generation: number): string {
  const digest = createHash("sha256").update(`calends ${generation} ${uid}`).digest("hex");
  return BigInt(`0x${digest}`).toString(32);
}

/** An insert has nothing to take away. */
function withoutNulls(value: object): object {
  const kept = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(
    kept.map(([name, part]) => [name, typeof part === "object" ? withoutNulls(part) : part]),
  );
}
