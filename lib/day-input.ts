import { z } from "zod";

/**
 * A date somebody typed, from a time PostgreSQL and people both know: neither takes the year 0. `abort`: forms compare
 * dates once each is one.
 */
export const dayInput = z.iso
  .date({ error: "Choose a date.", abort: true })
  .refine((value) => value >= "2000-01-01" && value < "2200-01-01", {
    error: "Choose a date between 2000 and 2199.",
    abort: true,
  });
