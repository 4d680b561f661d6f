import { afterAll, beforeAll, describe } from "vitest";
import { describeDays } from "./contract/days";
import { describeDelete } from "./contract/delete";
import { describeGet } from "./contract/get";
import { describeKnown } from "./contract/known";
import { describeList } from "./contract/list";
import { describePull } from "./contract/pull";
import { describePut } from "./contract/put";
import type { ProviderHarness, Scene } from "./contract/scene";
import { describeSeries } from "./contract/series";
import { describeSeriesChanges } from "./contract/series-changes";
import { describeWatch } from "./contract/watch";

export type { ForeignEvent, ProviderHarness } from "./contract/scene";

type Open = () => Promise<ProviderHarness>;

/** What every provider must do, whatever it talks to. A provider's surprise becomes a line here. */
export function describeProvider(name: string, open: Open, options: { notifies?: boolean } = {}): void {
  describeScene(name, open, (scene) => {
    describeList(scene);
    describePull(scene);
    describeKnown(scene);
    describePut(scene);
    describeDays(scene);
    describeSeries(scene);
    describeSeriesChanges(scene);
    describeDelete(scene);
    describeGet(scene);
    if (options.notifies) describeWatch(scene);
  });
}

/** What one must do that can only be read. */
export function describeReadOnly(name: string, open: Open): void {
  describeScene(name, open, describePull);
}

function describeScene(name: string, open: Open, describeAll: (scene: Scene) => void): void {
  describe(`the provider contract: ${name}`, () => {
    const scene = {} as Scene;
    let calendars = 0;
    beforeAll(async () => {
      const harness = await open();
      Object.assign(scene, { harness, makeCalendar: () => harness.makeCalendar(`c${++calendars}`) });
      Object.defineProperty(scene, "provider", { get: () => harness.provider });
    });
    afterAll(() => scene.harness?.stop());
    describeAll(scene);
  });
}
