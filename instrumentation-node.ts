import { closeDatabase } from "@/db/client";
import { functions } from "@/inngest";
import { startEngine } from "@/inngest/embedded/start";
import { notePeers } from "@/lib/rate-limit/note-peers";

/** Starts the durable engine beside the pages, and ends both in order when the process is asked to stop. */
export async function startServer(): Promise<void> {
  notePeers();
  const engine = await startEngine(functions);
  const stop = async () => {
    await engine.stop();
    await closeDatabase();
    process.exit(0);
  };
  // Next leaves these signals to us where NEXT_MANUAL_SIG_HANDLE is set (scripts/lib).
  if (process.env.NEXT_MANUAL_SIG_HANDLE)
    for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);
}
