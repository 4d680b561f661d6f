import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/errors";
import type { Answered, Asked } from "./feed-messages";

// More would take the processor from those who wait for a page.
const mostThreads = 2;
const idleMs = 30_000;
const mostMemoryMb = 1_024;

export type Thread = { worker: Worker; idle?: NodeJS.Timeout };
type Threads = { running: Set<Thread>; free: Thread[]; waiting: ((thread: Thread) => void)[] };

// Next loads this file once for each of its bundles.
const shared = globalThis as typeof globalThis & { calendsFeedThreads?: Threads };

/** A thread that reads one feed at a time, as soon as one is free. */
export function takeThread(): Promise<Thread> {
  return new Promise((resolve) => {
    threads().waiting.push(resolve);
    serve();
  });
}

/** For the next who wants it. */
export function giveBack(thread: Thread): void {
  const { running, free } = threads();
  if (!running.has(thread)) return; // It has ended.
  // A process may end with threads that do nothing.
  thread.worker.unref();
  thread.idle = setTimeout(() => end(thread), idleMs).unref();
  free.push(thread);
  serve();
}

/** @throws AppError invalid when it takes longer than `deadlineMs` or more memory than there is; unavailable */
export async function ask(thread: Thread, asked: Asked, deadlineMs: number): Promise<Answered> {
  // It may have died while nobody was asking, and would never answer.
  if (!threads().running.has(thread)) throw translate(null);
  const { worker } = thread;
  worker.postMessage(asked, transfersOf(asked));
  return new Promise((resolve, reject) => {
    const fail = (error: AppError) => {
      settle();
      end(thread);
      reject(error);
    };
    const onMessage = (answered: Answered) => {
      settle();
      resolve(answered);
    };
    const onError = (cause: unknown) => fail(translate(cause));
    const onExit = () => fail(translate(null));
    const timer = setTimeout(
      () => fail(new AppError("invalid", "The calendar took too long to read.")),
      deadlineMs,
    );
    const settle = () => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
    };
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}

/** Tells it something that has no answer. */
export function tell({ worker }: Thread, told: Asked): void {
  worker.postMessage(told);
}

function transfersOf(asked: Asked) {
  if (asked.kind !== "read") return [];
  const { buffer, byteLength } = asked.request.body;
  // A small Buffer is a part of one that others use, too.
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

function translate(cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return code === "ERR_WORKER_OUT_OF_MEMORY"
    ? new AppError("invalid", "The calendar takes too much memory to read.", { cause })
    : new AppError("unavailable", "The calendar could not be read just now.", { cause });
}

function serve(): void {
  const { running, free, waiting } = threads();
  while (waiting.length > 0) {
    const thread = free.pop() ?? (running.size < mostThreads ? start() : undefined);
    if (!thread) return;
    clearTimeout(thread.idle);
    thread.worker.ref();
    waiting.shift()?.(thread);
  }
}

function start(): Thread {
  const { running } = threads();
  // Next bundles what it finds written in this way. It does not hand on `workerData`.
  const worker = new Worker(new URL("./feed-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
  });
  const thread: Thread = { worker };
  running.add(thread);
  // Whoever asked it something hears of it by himself.
  worker.on("error", () => {});
  worker.on("exit", () => end(thread));
  return thread;
}

function end(thread: Thread): void {
  const { running, free } = threads();
  if (!running.delete(thread)) return;
  clearTimeout(thread.idle);
  if (free.includes(thread)) free.splice(free.indexOf(thread), 1);
  void thread.worker.terminate();
  serve();
}

function threads(): Threads {
  shared.calendsFeedThreads ??= { running: new Set(), free: [], waiting: [] };
  return shared.calendsFeedThreads;
}
