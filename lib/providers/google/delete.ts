import type { RemoteRef } from "@/lib/providers/provider";
import type { Api } from "./api";
import { type Found, findEvent } from "./copy";
import { changedThere, failureOf } from "./refusal";
import { etagOf, isSeriesVersion } from "./series";

const gone = new Set([404, 410]);

/** What was already deleted has another ETag than the one we knew, so that is looked at before it is a conflict. */
export async function deleteEvent(api: Api, calendarId: string, { id, etag }: RemoteRef): Promise<void> {
  if (isSeriesVersion(etag)) {
    const found = await findEvent(api, calendarId, id);
    if (isNowhere(found)) return;
    if (found.kind !== "there" || found.copy.etag !== etag) throw changedThere();
  }
  const path = ["calendars", calendarId, "events", id];
  const query = { sendUpdates: "none" };
  const answer = await api.call({ method: "DELETE", path, query, etag: etagOf(etag) });
  if (answer.ok || gone.has(answer.status)) return;
  if (answer.status !== 412) throw failureOf(answer);
  const found = await findEvent(api, calendarId, id);
  if (!isNowhere(found)) throw changedThere();
}

const isNowhere = ({ kind }: Found) => kind === "deleted" || kind === "unknown";
