import { afterAll, describe, expect, test } from "vitest";
import { disconnect, reset } from "../harness";
import { playAll } from "./play";
import { embedded, inngestServer } from "./targets";
import { goldenTrace, recordCalls, traced } from "./traces";

const server = process.env.INNGEST_SCENARIOS_URL;
const recorder = recordCalls(traced);

afterAll(async () => {
  await reset();
  await disconnect();
});

playAll(server ? inngestServer(server) : embedded(recorder));

// A real server words its requests in its own way; its answers show in the scenarios themselves.
describe.skipIf(server)("golden traces", () => {
  test.each(traced)("%s", (slug) => {
    const seen = recorder.traceOf(slug);
    expect(seen).toEqual(goldenTrace(slug, seen));
  });
});
