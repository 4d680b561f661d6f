import { describe, expect, test } from "vitest";
import { type Memory, planChange, workerLost } from "./plan";
import type { Answer, Op } from "./protocol";
import type { Job } from "./store/jobs";
import type { Run } from "./store/runs";

const now = new Date("2026-03-01T12:00:00Z");
const run: Run = {
  id: "run",
  functionId: "calends-x",
  status: "running",
  events: '[{"name":"test/go","data":{"key":"a"}}]',
  pending: [],
  isPlanOnly: false,
  concurrencyKeys: ["k"],
  concurrencyLimits: [1],
  idempotencyKey: null,
  singletonKey: null,
  output: null,
  error: null,
  createdAt: now,
  startedAt: null,
  endedAt: null,
};
const job: Job = {
  id: "run:discovery",
  kind: "discovery",
  functionId: "calends-x",
  runId: "run",
  stepId: null,
  name: null,
  payload: null,
  runAt: now,
  visibleAt: now,
  parkedOn: null,
  attempt: 0,
  lost: 0,
  concurrencyKeys: ["k"],
  concurrencyLimits: [1],
  leaseToken: "t",
  leaseOwner: "w",
  leasedAt: now,
  lastError: null,
};
const op = (id: string, kind: string, more: Partial<Op> = {}): Op => ({
  id,
  op: kind,
  data: undefined,
  ...more,
});
type More = { run?: Partial<Run>; job?: Partial<Job>; retryDelayMs?: number; memory?: Memory };
const plan = (answer: Answer, more: More = {}) =>
  planChange({
    run: { ...run, ...more.run },
    job: { ...job, ...more.job },
    fn: { maxAttempts: 3 },
    answer,
    memory: more.memory ?? { steps: 0, bytes: 0 },
    now,
    retryDelayMs: more.retryDelayMs,
  });
const progress = (...ops: Op[]): Answer => ({ type: "progress", ops, retryAfter: null });
const threw = (more: Partial<Answer & { type: "threw" }> = {}): Answer => ({
  type: "threw",
  error: { name: "Error", message: "no" },
  isFinal: false,
  retryAfter: null,
  ...more,
});

describe("a generation of steps", () => {
  test("is called step by step, without asking further", () => {
    const change = plan(
      progress(op("a", "StepPlanned"), op("b", "StepPlanned"), op("c", "Sleep", { name: "1m30s" })),
    );
    expect(change).toMatchObject({
      pending: ["a", "b", "c"],
      jobs: [
        { id: "run:a", kind: "step", concurrencyKeys: ["k"] },
        { id: "run:b", kind: "step" },
        { id: "run:c", kind: "sleep", delayMs: 90_000 },
      ],
    });
  });

  test("goes on when its last step has ended, not before", () => {
    const ended = progress(op("a", "StepRun", { data: 1 }));
    const memo = { stepId: "a", value: "1", isError: false };
    expect(plan(ended, { run: { pending: ["a", "b"] } })).toMatchObject({
      memos: [memo],
      pending: ["b"],
      jobs: [],
    });
    expect(plan(ended, { run: { pending: ["a"] } })).toMatchObject({
      memos: [memo],
      pending: [],
      jobs: [{ id: "run:discovery", kind: "discovery" }],
    });
  });
});

describe("a failure", () => {
  test("is tried again while there are attempts", () => {
    expect(plan(threw(), { retryDelayMs: 7 })).toMatchObject({ type: "retry", delayMs: 7 });
    expect(plan(threw(), { job: { attempt: 2 } })).toMatchObject({ type: "end", status: "failed" });
    expect(plan(threw({ isFinal: true }))).toMatchObject({ type: "end", status: "failed" });
  });

  test("of a step on its last attempt becomes what the step gave", () => {
    const failing = progress(op("a", "StepError", { error: { name: "TypeError", message: "no" } }));
    expect(plan(failing, { retryDelayMs: 7 })).toMatchObject({ type: "retry" });
    expect(plan(failing, { job: { attempt: 2 } })).toMatchObject({
      type: "progress",
      memos: [{ isError: true, value: '{"name":"TypeError","message":"no"}', attempts: 3 }],
    });
  });

  test.each([
    ["90", 90_000],
    ["0", 1_000],
    ["2026-03-01T12:00:20.000Z", 20_000],
    ["2026-03-01T11:00:00.000Z", 1_000],
    ["2027-03-01T12:00:00.000Z", 86_400_000],
  ])("with Retry-After %s waits %i ms", (retryAfter, delayMs) => {
    expect(plan(threw({ retryAfter }), { retryDelayMs: 7 })).toMatchObject({ delayMs });
  });

  test("by a worker that died belongs to the step when it is known", () => {
    expect(workerLost({ ...job, lost: 5 })).toMatchObject({ type: "threw", isFinal: true });
    expect(workerLost({ ...job, lost: 5, kind: "step", stepId: "a" })).toMatchObject({
      ops: [{ op: "StepFailed" }],
    });
  });
});

test.each([
  ["InvokeFunction", {}],
  ["WaitForSignal", {}],
  ["Gateway", {}],
  ["Sleep", { name: "soon" }],
  ["WaitForEvent", { name: "test/x", opts: { timeout: "1m", if: "async.data.a > 1" } }],
])("%s it cannot do ends the run by name", (kind, more) => {
  expect(plan(progress(op("a", kind, { displayName: "my step", ...more })))).toMatchObject({
    type: "end",
    status: "failed",
    error: { name: "UnsupportedOperationError" },
  });
});

describe("a run that is too large is ended by name", () => {
  const failure = (answer: Answer, memory: Memory) => {
    const change = plan(answer, { memory });
    return change.type === "end" && change.status === "failed" ? change.error.name : change.type;
  };
  const gave = (size: number) => progress(op("a", "StepRun", { data: "x".repeat(size) }));
  const mebibyte = 1024 * 1024;

  test("by a step that gives more than 4 MB", () => {
    expect(failure(gave(4 * mebibyte - 2), { steps: 0, bytes: 0 })).toBe("progress");
    expect(failure(gave(4 * mebibyte - 1), { steps: 0, bytes: 0 })).toBe("StepOutputTooLargeError");
  });

  test("by more than 1,000 steps, those it plans included", () => {
    const two = progress(op("a", "StepPlanned"), op("b", "StepPlanned"));
    expect(failure(two, { steps: 998, bytes: 0 })).toBe("progress");
    expect(failure(two, { steps: 999, bytes: 0 })).toBe("TooManyStepsError");
  });

  test("by more than 32 MB in all its steps", () => {
    expect(failure(gave(8), { steps: 9, bytes: 32 * mebibyte - 10 })).toBe("progress");
    expect(failure(gave(9), { steps: 9, bytes: 32 * mebibyte - 10 })).toBe("RunStateTooLargeError");
  });
});

test("a wait keeps the value both events must share", () => {
  const opts = { timeout: "1h", if: "event.data.key == async.data.key" };
  expect(plan(progress(op("a", "WaitForEvent", { name: "test/x", opts })))).toMatchObject({
    waits: [{ eventName: "test/x", matchPath: "key", matchValue: '"a"', delayMs: 3_600_000 }],
    jobs: [{ kind: "timeout", delayMs: 3_600_000 }],
  });
});
