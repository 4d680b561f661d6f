import { AppError } from "@/lib/errors";
import { readCopy } from "@/lib/ical/read-copy";
import type { RemoteCopy } from "@/lib/providers/provider";
import { getCollection } from "./collection";
import type { Dav } from "./dav";
import { readObject } from "./objects";

/** One object as it is now. A calendar that is gone has no objects either, so that is asked before one is gone. */
export async function getEvent(
  dav: Dav,
  calendarUrl: string,
  url: string,
  timeZone: string,
): Promise<RemoteCopy | null> {
  const object = await readObject(dav, url);
  if (object.kind === "unreadable") throw new AppError("invalid", object.reason);
  if (object.kind === "gone") {
    await getCollection(dav, calendarUrl);
    return null;
  }
  const copy = readCopy(object.text, timeZone);
  return copy && { id: url, etag: object.etag, ...copy };
}
