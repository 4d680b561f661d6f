import { NonRetriableError, RetryAfterError } from "inngest";
import { AppError, type ErrorCode } from "@/lib/errors";

const passing: ErrorCode[] = ["rate_limited", "unavailable"];

/** The edge between durable steps and verbs: failures that time does not mend end the run at once. */
export async function job<T>(
  work: () => Promise<T>,
  { longestWaitSeconds = 3600 }: { longestWaitSeconds?: number } = {},
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!passing.includes(error.code)) throw new NonRetriableError(error.message, { cause: error });
    if (error.retryAfterSeconds === undefined) throw error;
    const seconds = Math.min(error.retryAfterSeconds, longestWaitSeconds);
    throw new RetryAfterError(error.message, seconds * 1000, { cause: error });
  }
}
