import { z } from "zod";

export const runFilters = ["active", "failed", "completed", "cancelled"] as const;
export type RunFilter = (typeof runFilters)[number];

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The query string of the list; what is not understood asks for nothing. */
export const runsQuery = z.object({
  status: z.preprocess(first, z.enum(runFilters).optional().catch(undefined)),
  function: z.preprocess(first, z.string().max(200).optional().catch(undefined)),
  before: z.preprocess(first, z.string().max(100).optional().catch(undefined)),
});
export type RunsQuery = z.infer<typeof runsQuery>;
