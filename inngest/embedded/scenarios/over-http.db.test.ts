import { afterAll, describe, expect, test } from "vitest";
import { disconnect, reset } from "../harness";
import { playAll } from "./play";
import { startStandIn } from "./stand-in";
import { inngestServer, makeCronDue } from "./targets";
import { goldenTrace, recordCalls, traced } from "./traces";

// The scenarios as a real server would play them, with the embedded engine behind the port.
const recorder = recordCalls(traced);
const standIn = await startStandIn(recorder.recording);

afterAll(async () => {
  await standIn.stop();
  await reset();
  await disconnect();
});

playAll({ ...inngestServer(standIn.address), hurryCron: makeCronDue });

describe("golden traces", () => {
  test.each(traced)("%s", (slug) => {
    const seen = recorder.traceOf(slug);
    expect(seen).toEqual(goldenTrace(slug, seen));
  });
});
