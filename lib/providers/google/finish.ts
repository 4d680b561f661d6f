import { createHash } from "node:crypto";
import { hasMeaningOf, meaningKey } from "@/lib/providers/meaning";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import type { Api } from "./api";
import { type Found, findEvent } from "./copy";
import { unfinishedProperty } from "./event";
import { writeInstances } from "./instances";
import type { Kept } from "./kept";
import { changedThere } from "./refusal";
import { etagOf, planInstances, versionOf } from "./series";
import { refOf, writing } from "./written";

/**
 * What marks a series whose instances are still to be written: which draft it is of. A series is several writes, and
 * whoever reads it between two of them, or after a crash, must not take it for what somebody wanted.
 */
export function markOf(draft: EventDraft): string {
  return createHash("sha256").update(meaningKey(draft)).digest("hex");
}

/** An event that was just written under that mark becomes all of the draft. `ref` has Google's own ETag. */
export async function finish(
  api: Api,
  calendarId: string,
  draft: EventDraft,
  { ref, kept, mark }: { ref: RemoteRef; kept: Kept[]; mark: string | null },
): Promise<RemoteRef> {
  const { recurrence, timeZone } = draft;
  if (!recurrence) return ref;
  if (mark === null) return { id: ref.id, etag: versionOf(ref.etag, kept) };
  const instances = planInstances(ref.id, { ...draft, recurrence }, kept);
  const now = await writeInstances(api, { calendarId, timeZone }, instances, kept);
  const path = ["calendars", calendarId, "events", ref.id];
  const body = { extendedProperties: { private: { [unfinishedProperty]: null } } };
  const answer = await api.call({ method: "PATCH", path, query: writing, body, etag: ref.etag });
  if (!answer.ok && answer.status === 412) {
    return resume(api, calendarId, draft, await findEvent(api, calendarId, ref.id));
  }
  const { id, etag } = refOf(answer);
  return { id, etag: versionOf(etag, now) };
}

/**
 * An earlier put went through and its answer was lost, or it stopped on the way; or somebody else was here.
 * @throws AppError conflict
 */
export async function resume(
  api: Api,
  calendarId: string,
  draft: EventDraft,
  found: Found,
): Promise<RemoteRef> {
  if (found.kind !== "there" || found.copy.uid !== draft.uid) throw changedThere();
  const { copy, kept, unfinished } = found;
  if (hasMeaningOf(copy, draft)) return { id: copy.id, etag: copy.etag };
  if (unfinished !== markOf(draft)) throw changedThere();
  return finish(api, calendarId, draft, {
    ref: { id: copy.id, etag: etagOf(copy.etag) },
    kept,
    mark: unfinished,
  });
}
