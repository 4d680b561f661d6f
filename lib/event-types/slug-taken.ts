import { sqlState, sqlStateOf } from "@/db/errors";
import { AppError } from "@/lib/errors";

/** Says in words that two event types of one host would have the same address. */
export async function refuseTakenSlug<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (sqlStateOf(error) !== sqlState.uniqueViolation) throw error;
    throw new AppError("conflict", "Another of your event types has this address.", { field: "slug" });
  }
}
