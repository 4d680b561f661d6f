import { z } from "zod";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { findNote, sealNote } from "./sealed-note";

const problem = { kind: "problem", schema: z.object({ userId: z.string(), sentence: z.string() }) };

/**
 * The edge between a verb that a link starts and the page its failure is told on: the address `work` leads to, or that
 * of the connect page with a sentence. Sealed, so that nobody can make our pages say theirs.
 */
export async function orProblem(
  { userId, reconnectId }: { userId: string; reconnectId?: string | null | undefined },
  work: () => Promise<string>,
): Promise<string> {
  try {
    return await work();
  } catch (error) {
    // Of what we did not expect only the kind: an error may quote the request it was about.
    if (!(error instanceof AppError))
      log().error(
        { failure: error instanceof Error ? `${error.name} ${codeOf(error)}` : "" },
        "connecting failed",
      );
    const note = sealNote(problem.kind, { userId, sentence: sentenceOf(error) });
    const query = new URLSearchParams({ ...(reconnectId ? { reconnect: reconnectId } : {}), problem: note });
    return `/connections/new?${query}`;
  }
}

/** What went wrong a moment ago for this viewer; null when nothing did. */
export function findProblem(viewer: Viewer, sealed: unknown, now: Date): string | null {
  const found = findNote(problem, typeof sealed === "string" ? sealed : undefined, now);
  return found?.userId === viewer.userId ? found.sentence : null;
}

function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return "Something went wrong on our side, and nothing was connected. Try it again.";
}

const codeOf = (error: Error) => ("code" in error && typeof error.code === "string" ? error.code : "");
