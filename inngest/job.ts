import { NonRetriableError, RetryAfterError } from "inngest";
import { AppError, type ErrorCode } from "@/lib/errors";

const passing: ErrorCode[] = ["rate_limited", "unavailable"];

/** The edge between durable steps and verbs: failures that time does not mend end the run at once. */
export async function job<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!passing.includes(error.code)) throw new NonRetriableError(error.message, { cause: error });
    if (error.retryAfterSeconds === undefined) throw error;
    throw new RetryAfterError(error.message, error.retryAfterSeconds * 1000, { cause: error });
  }
}
