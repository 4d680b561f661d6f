import { AppError } from "@/lib/errors";
import { readCopy } from "@/lib/ical/read-copy";
import { serializeEvent } from "@/lib/ical/serialize";
import { meaningKey } from "@/lib/providers/meaning";
import type { EventDraft } from "@/lib/providers/provider";

/** True when `text` says what `draft` says. Never compared by bytes: servers reorder, refold and add lines. */
export function hasMeaningOf(text: string, draft: EventDraft): boolean {
  try {
    const theirs = readCopy(text, draft.timeZone);
    // Read back, since an event without length is given one, and some characters are left out.
    const ours = readCopy(serializeEvent(draft, new Date(0)), draft.timeZone);
    if (!theirs || !ours || theirs.uid !== ours.uid || theirs.isRecurring !== ours.isRecurring) return false;
    return Boolean(theirs.recurrence) === ours.isRecurring && meaningKey(theirs) === meaningKey(ours);
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
