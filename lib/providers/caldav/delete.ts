import { AppError } from "@/lib/errors";
import type { RemoteRef } from "@/lib/providers/provider";
import { type Dav, failureOf } from "./dav";
import { strongEtag } from "./etag";
import { readObject } from "./objects";

const done = new Set([200, 202, 204, 404, 410]);
const doubtful = new Set([403, 405, 409, 412]);

/**
 * Servers answer 412 to If-Match on something that is already gone, and all kinds of things in a calendar that is, so
 * that is looked at before it is a conflict or a refusal.
 */
export async function deleteEvent(dav: Dav, ref: RemoteRef): Promise<void> {
  const etag = strongEtag(ref.etag);
  const headers = etag ? { "if-match": etag } : {};
  const response = await dav.request({ method: "DELETE", url: ref.id, headers });
  if (done.has(response.status)) return;
  if (!doubtful.has(response.status)) throw failureOf(response);
  const current = await readObject(dav, ref.id);
  if (current.kind === "gone") return;
  if (response.status !== 412) throw failureOf(response);
  throw new AppError("conflict", "The event was changed in the calendar.");
}
