import { afterAll, beforeAll, describe, test, vi } from "vitest";
import { events, flow } from "./events";
import { failures } from "./failures";
import { type Scenario, stageFor, type Target } from "./scenario";
import { steps } from "./steps";
import { values } from "./values";

export const scenarios: Scenario[] = [...steps, ...values, ...failures, ...events, ...flow];

/** Declares every scenario as a test on this target. They are played side by side; each has its own functions. */
export function playAll(target: Target): void {
  vi.setConfig({ maxConcurrency: scenarios.length, testTimeout: target.patienceMs + 5_000 });
  const staged = scenarios.map((scenario) => ({ name: scenario.name, ...stageFor(scenario, target) }));
  beforeAll(() => target.start(staged.flatMap(({ functions }) => functions)));
  afterAll(() => target.stop());
  describe.concurrent("scenarios", () => {
    for (const { name, play } of staged) test(name, play);
  });
}
