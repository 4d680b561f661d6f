import { closeDatabase } from "@/db/client";
import { functions } from "@/inngest";
import { usesServer } from "@/inngest/client";
import { startEngine } from "@/inngest/embedded/start";
import { startServerMode } from "@/inngest/server/start";
import { endStreams } from "@/lib/live/stream";
import { notePeers } from "@/lib/rate-limit/note-peers";

/**
 * Starts the durable engine beside the pages, or the tie to an Inngest server in its place, and ends both in order
 * when the process is asked to stop.
 */
export async function startServer(): Promise<void> {
  notePeers();
  const engine = usesServer() ? await startServerMode() : await startEngine(functions);
  const stop = async () => {
    endStreams();
    await engine.stop();
    await closeDatabase();
    process.exit(0);
  };
  // Next leaves these signals to us where NEXT_MANUAL_SIG_HANDLE is set (scripts/lib/server.mjs, Dockerfile).
  if (process.env.NEXT_MANUAL_SIG_HANDLE)
    for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);
}
