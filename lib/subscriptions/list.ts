import { sql } from "drizzle-orm";
import { z } from "zod";
import { calendarSubscriptions } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { instant } from "@/lib/booking/schema";
import { AppError } from "@/lib/errors";
import { type FoundSubscription, selectSubscriptions, toSubscription } from "./row";
import type { Subscription } from "./view";

type Page = { limit?: number | undefined; cursor?: string | undefined };
/** The last of a page: when it was made, as our clock tells it, and its id. */
const mark = z.tuple([instant.transform((madeAt) => madeAt.toISOString()), z.uuid()]);

/** The viewer's subscriptions as they were made, a page at a time. @throws AppError invalid naming `cursor` */
export async function listSubscriptions(
  viewer: Viewer,
  { limit = 50, cursor }: Page = {},
): Promise<{ subscriptions: Subscription[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await asViewer(viewer, (tx) =>
    selectSubscriptions(tx)
      .where(after ? sql`(${madeAt}, ${id}) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : undefined)
      .orderBy(madeAt, id)
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { subscriptions: page.map(toSubscription), nextCursor: last ? cursorAfter(last) : null };
}

const { id } = calendarSubscriptions;
// No finer than a Date, so that what comes back in a cursor is the same instant.
const madeAt = sql`date_trunc('milliseconds', ${calendarSubscriptions.createdAt})`;

const cursorAfter = ({ subscription }: FoundSubscription) =>
  Buffer.from(JSON.stringify([subscription.createdAt.toISOString(), subscription.id])).toString("base64url");

function readCursor(cursor: string): z.infer<typeof mark> {
  try {
    return mark.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new AppError("invalid", "This cursor is none of ours.", { field: "cursor" });
  }
}
