import { describe, expect, it } from "vitest";
import type { Scene } from "./scene";

export function describeList(scene: Scene): void {
  describe("listCalendars", () => {
    it("names the calendars there are", async () => {
      const id = await scene.harness.makeCalendar("2024");
      expect(await scene.provider.listCalendars()).toContainEqual(
        expect.objectContaining({ id, name: "2024", isReadOnly: false }),
      );
    });
  });
}
