import { z } from "zod";

export const runFilters = ["active", "failed", "completed", "cancelled"] as const;
export type RunFilter = (typeof runFilters)[number];

/** A ULID. */
export const runId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The query string of the list; what is not understood asks for nothing. */
export const runsQuery = z.object({
  status: z.preprocess(first, z.enum(runFilters).optional().catch(undefined)),
  function: z.preprocess(
    first,
    z
      .string()
      .regex(/^[\w-]{1,200}$/)
      .optional()
      .catch(undefined),
  ),
  before: z.preprocess(first, runId.optional().catch(undefined)),
});
export type RunsQuery = z.infer<typeof runsQuery>;
