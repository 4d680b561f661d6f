import { afterAll, expect, test } from "vitest";
import { explainClaim, explainNextDue, fillWaitingJobs } from "@/bench/engine-tables";
import { disconnect, reset, rows } from "./harness";

afterAll(async () => {
  await reset();
  await disconnect();
});

test("a claim among 100,000 jobs reads an index, and only as many rows as it takes", async () => {
  await fillWaitingJobs(rows(), 100_000);
  for (const explain of [explainClaim, explainNextDue]) {
    const { lines } = await explain(rows());
    const plan = lines.join("\n");
    expect(plan).toContain("using inngest_jobs_due");
    expect(plan).not.toContain("Seq Scan");
  }
});
