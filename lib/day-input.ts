import { z } from "zod";

/** A date somebody typed, from a time PostgreSQL and people both know: neither takes the year 0. */
export const dayInput = z.iso
  .date("Choose a date.")
  .refine((value) => value >= "2000-01-01" && value < "2200-01-01", "Choose a date between 2000 and 2199.");
