import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@/": fileURLToPath(new URL("./", import.meta.url)) };
const exclude = ["**/node_modules/**", "e2e/**", ".next/**"];
// Threads that our code starts are not Vitest's to load.
const execArgv = [
  "--import",
  fileURLToPath(new URL("./scripts/lib/typescript-threads.mjs", import.meta.url)),
];

/** `unit` needs nothing; `db` gets a real PostgreSQL (see scripts/test-database.ts) and may start real servers. */
export default defineConfig({
  test: {
    // Left to itself one core stays free for Vitest, which hardly needs it; PostgreSQL takes turns with whoever waits.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...exclude, "**/*.db.test.ts"],
          execArgv,
          // Loading what all of them use takes as long as testing it; none replaces a module or changes a setting.
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          execArgv,
          globalSetup: ["scripts/test-database.ts"],
          setupFiles: ["scripts/test-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
