import { closeDatabase } from "@/db/client";
import { accessTokenOf } from "./tokens";

// A process for tests: twenty ask at once for a token of the connection it was started for.
const connectionId = process.argv[2] ?? "";

process.once("message", async () => {
  const asked = Array.from({ length: 20 }, () => accessTokenOf(connectionId)());
  process.send?.(await Promise.all(asked));
  await closeDatabase();
});
process.send?.("ready");
