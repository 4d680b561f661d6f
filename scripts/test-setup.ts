import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { closeDatabase } from "@/db/client";
import { copyTemplate, dropDatabase } from "./lib/test-postgres";
import { applyTestSettings } from "./lib/test-settings";

// Each test file gets a database of its own, copied from the migrated template.
const server = inject("postgresServer");
const name = `test_${randomBytes(8).toString("hex")}`;

applyTestSettings(`${server}${name}`);

await copyTemplate(server, name);

afterAll(async () => {
  await closeDatabase();
  await dropDatabase(server, name);
});
