import { type SQL, sql } from "drizzle-orm";

/** One array parameter; a bare array would become a list of parameters. */
export const textArray = (values: (string | null)[]): SQL => sql`${sql.param(values)}::text[]`;
