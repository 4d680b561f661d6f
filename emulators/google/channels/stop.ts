import type { Authorized } from "../access";
import { requireId } from "../calendar/check-event";
import { readBody } from "../calendar/request";
import { notFound } from "../errors";
import type { Google } from "../google";
import type { Reply } from "../http";
import { isLive } from "./announce";

/** Only who opened it, with the same client, may stop a channel; for others it is not there. */
export function stopChannel(google: Google, call: Authorized): Reply {
  const body = readBody(call);
  const id = requireId(body, "id");
  const resourceId = requireId(body, "resourceId");
  const channel = google.state.channels.get(id);
  const isOwn = channel?.email === call.user.email && channel.clientId === call.clientId;
  if (!channel || !isOwn || channel.resourceId !== resourceId || !isLive(google, channel)) {
    throw notFound(`Channel '${id}' not found for project '${call.clientId}'`);
  }
  channel.stopped = true;
  return { status: 204 };
}
