import { AppError, type ErrorCode } from "@/lib/errors";

const ofCalendar: ErrorCode[] = ["reconnect", "rate_limited", "not_found"];
/** One copy may be too much for a server, or not allowed, while the next one goes well. */
const perhapsOfCalendar: ErrorCode[] = ["unavailable", "forbidden"];
const tries = 2;

/**
 * Tells failures of one copy from those of the whole calendar. Takes what became of each copy in turn, an error or null.
 * @returns what makes it useless to go on; null while nothing does
 */
export function watchForTrouble(): (error: unknown) => AppError | null {
  let inARow = 0;
  return (error) => {
    if (!(error instanceof AppError) || !perhapsOfCalendar.includes(error.code)) inARow = 0;
    if (!(error instanceof AppError)) return null;
    if (ofCalendar.includes(error.code) || error.retryAfterSeconds !== undefined) return error;
    if (!perhapsOfCalendar.includes(error.code)) return null;
    inARow += 1;
    return inARow >= tries ? error : null;
  };
}
