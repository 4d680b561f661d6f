import { closeDatabase, database } from "@/db/client";
import { env } from "@/lib/env";
import { createSetupLink } from "./lib/setup-link";

/** Prints a one-time set-up link, or nothing when there is a user already. */
console.log((await createSetupLink(database(), env().APP_URL)) ?? "");
await closeDatabase();
