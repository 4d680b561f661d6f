import type { RemoteRef } from "@/lib/providers/provider";
import type { ApiAnswer } from "./api";
import { changedThere, failureOf, unreadableAnswer } from "./refusal";
import { written, writtenFields } from "./schema";

// Nobody is written to: guests and visitors hear from us.
export const writing = { sendUpdates: "none", fields: writtenFields };

/** What a write left there. */
export function refOf(answer: ApiAnswer): RemoteRef {
  if (!answer.ok) throw failureOf(answer);
  const event = written.safeParse(answer.body);
  if (!event.success) throw unreadableAnswer();
  if (event.data.status === "cancelled") throw changedThere();
  return { id: event.data.id, etag: event.data.etag };
}
