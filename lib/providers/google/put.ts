import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import type { Api } from "./api";
import { checkCalendar, findEvent } from "./copy";
import { bodyOf } from "./event";
import { finish, markOf, resume } from "./finish";
import { listKept } from "./kept";
import { changedThere } from "./refusal";
import { etagOf, hasOverrides, isSeriesVersion } from "./series";
import { refOf, writing } from "./written";

const generations = 20;

export function putEvent(
  api: Api,
  calendarId: string,
  draft: EventDraft,
  previous?: RemoteRef,
): Promise<RemoteRef> {
  if (!previous) return create(api, calendarId, draft);
  const isSimple = !draft.recurrence && !isSeriesVersion(previous.etag);
  return isSimple
    ? replace(api, calendarId, draft, { previous, mark: null, iCalUID: null })
    : replaceSeries(api, calendarId, draft, previous);
}

/**
 * Under an id that follows from the UID, so that a repeated insert is refused: what lies there then decides. The id of a
 * deleted event stays taken, so what is put again after that has the next one.
 */
async function create(api: Api, calendarId: string, draft: EventDraft): Promise<RemoteRef> {
  const mark = hasOverrides(draft) ? markOf(draft) : null;
  for (let generation = 0; generation < generations; generation++) {
    const id = idOf(draft.uid, generation);
    const body = { id, ...withoutNulls(bodyOf(draft, mark)) };
    const path = ["calendars", calendarId, "events"];
    const answer = await api.call({ method: "POST", path, query: writing, body });
    if (answer.ok || answer.status !== 409)
      return finish(api, calendarId, draft, { ref: refOf(answer), kept: [], mark });
    const found = await findEvent(api, calendarId, id);
    if (found.kind === "there" || found.kind === "odd") return resume(api, calendarId, draft, found);
    // Taken and not to be seen: one of ours that is still being made. Another id would make a second event.
    if (found.kind === "unknown")
      throw new AppError("unavailable", "Google is not done with this event yet.");
  }
  throw new AppError(
    "conflict",
    "The event was deleted in the calendar too often to be put there once more.",
  );
}

/** The first id of `create` that holds more than the stone of what was deleted there. */
export async function findNewId(api: Api, calendarId: string, uid: string): Promise<string> {
  for (let generation = 0; generation < generations; generation++) {
    const { kind } = await findEvent(api, calendarId, idOf(uid, generation));
    if (kind !== "deleted") return idOf(uid, generation);
  }
  return idOf(uid, 0);
}

/** What repeats, or did: its instances have versions of their own, so it is looked at before it is written over. */
async function replaceSeries(
  api: Api,
  calendarId: string,
  draft: EventDraft,
  previous: RemoteRef,
): Promise<RemoteRef> {
  const found = await findEvent(api, calendarId, previous.id);
  if (found.kind !== "there") throw changedThere();
  const { copy, kept, iCalUID } = found;
  if (previous.etag !== null && copy.etag !== previous.etag) return resume(api, calendarId, draft, found);
  // What was a series once may have kept instances from then, which only a series shows.
  const hasInstances = draft.recurrence && (!copy.isRecurring || kept.length > 0 || hasOverrides(draft));
  const mark = hasInstances ? markOf(draft) : null;
  const { id, etag } = previous;
  return replace(api, calendarId, draft, { previous: { id, etag: etagOf(etag) }, mark, iCalUID });
}

/** A patch leaves alone what the host added: reminders, a colour, guests. */
async function replace(
  api: Api,
  calendarId: string,
  draft: EventDraft,
  { previous, mark, iCalUID }: { previous: RemoteRef; mark: string | null; iCalUID: string | null },
): Promise<RemoteRef> {
  const path = ["calendars", calendarId, "events", previous.id];
  const body = bodyOf(draft, mark);
  const answer = await api.call({ method: "PATCH", path, query: writing, body, etag: previous.etag });
  if (!answer.ok && answer.status === 412) {
    return resume(api, calendarId, draft, await findEvent(api, calendarId, previous.id));
  }
  if (!answer.ok && (answer.status === 404 || answer.status === 410)) {
    await checkCalendar(api, calendarId);
    throw changedThere();
  }
  const ref = refOf(answer);
  // Asked for only now: a new rule may have done away with some.
  const isAsked = mark !== null && iCalUID !== null;
  const kept = isAsked ? await listKept(api, calendarId, { id: ref.id, iCalUID }) : [];
  return finish(api, calendarId, draft, { ref, kept, mark });
}

/** Base32hex in small letters is what Google takes, 5 to 1024 of them. */
function idOf(uid: string, generation: number): string {
  const digest = createHash("sha256").update(`calends ${generation} ${uid}`).digest("hex");
  return BigInt(`0x${digest}`).toString(32);
}

/** An insert has nothing to take away. */
function withoutNulls(value: object): object {
  if (Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(
    kept.map(([name, part]) => [name, typeof part === "object" ? withoutNulls(part) : part]),
  );
}
