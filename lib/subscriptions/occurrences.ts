import type { Viewer } from "@/lib/auth/viewer";
import type { FeedOccurrence } from "./view";

type Span = { from: Date; to: Date; withHidden?: boolean | undefined };

/** What the viewer's feeds have in the span, with local changes applied; days as those of `timeZone`, by start. */
export async function listFeedOccurrences(
  _viewer: Viewer,
  _span: Span,
  _timeZone: string,
): Promise<FeedOccurrence[]> {
  return [];
}
