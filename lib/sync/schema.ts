import { z } from "zod";

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The query string of the history; what is not understood asks for nothing. */
export const historyQuery = z.object({
  only: z.preprocess(first, z.literal("errors").optional().catch(undefined)),
  calendar: z.preprocess(first, z.uuid().optional().catch(undefined)),
  /** The id the previous page ended with. */
  before: z.preprocess(
    first,
    z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
  ),
});
export type HistoryQuery = z.infer<typeof historyQuery>;
