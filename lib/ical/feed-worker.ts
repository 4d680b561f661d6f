import { parentPort } from "node:worker_threads";
import { AppError } from "@/lib/errors";
import type { Answered, Asked, FeedRequest } from "./feed-messages";
import { readPages } from "./feed-pages";

// The thread of lib/ical/feed-threads. It reads one feed at a time, and a page of it only when it is asked for one.

let known: FeedRequest["known"] = {};
let pages: ReturnType<typeof readPages> | undefined;

parentPort?.on("message", (asked: Asked) => {
  if (asked.kind === "know") {
    for (const [id, etag] of asked.known) known[id] = etag;
    return;
  }
  if (asked.kind === "leave") {
    forget();
    return;
  }
  if (asked.kind === "read") pages = readPages({ ...asked.request, known });
  parentPort?.postMessage(answer());
});

function forget(): void {
  known = {};
  pages = undefined;
}

function answer(): Answered {
  try {
    const next = pages?.next();
    if (next && !next.done) return { kind: "page", page: next.value };
    if (!next) throw new Error("No feed is being read.");
    return { kind: "end", facts: next.value };
  } catch (error) {
    // What is not foreseen ends this thread, and is told by that.
    if (!(error instanceof AppError)) throw error;
    return { kind: "refused", code: error.code, sentence: error.message };
  }
}
