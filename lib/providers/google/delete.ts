import type { RemoteRef } from "@/lib/providers/provider";
import type { Api } from "./api";
import { findEvent } from "./copy";
import { changedThere, failureOf } from "./refusal";

const gone = new Set([404, 410]);

/** What was already deleted has another ETag than the one we knew, so that is looked at before it is a conflict. */
export async function deleteEvent(api: Api, calendarId: string, { id, etag }: RemoteRef): Promise<void> {
  const path = ["calendars", calendarId, "events", id];
  const answer = await api.call({ method: "DELETE", path, query: { sendUpdates: "none" }, etag });
  if (answer.ok || gone.has(answer.status)) return;
  if (answer.status !== 412) throw failureOf(answer);
  const found = await findEvent(api, calendarId, id);
  if (found.kind === "there" || found.kind === "odd") throw changedThere();
}
