import { describe, expect, it } from "vitest";
import { foreign, pull, type Scene, titlesOf } from "./scene";

/** For whoever lists versions without contents; others are free to read everything. */
export function describeKnown(scene: Scene): void {
  describe("pullChanges of what is known", () => {
    const readTwice = async (isKnownToo: (title: string) => boolean) => {
      const calendar = await scene.makeCalendar();
      for (const uid of ["one", "two"]) await scene.harness.save(calendar, foreign(uid));
      const first = await pull(scene.provider, calendar, null);
      const versions = new Map(first.upserts.map(({ id, etag, uid }) => [id, { etag, uid }]));
      await scene.harness.save(calendar, foreign("two", "two again"));
      const again = await pull(scene.provider, calendar, null, (id, etag) => {
        const version = versions.get(id);
        return version?.etag === etag && isKnownToo(version.uid);
      });
      const idOf = (wanted: string) => first.upserts.find(({ uid }) => uid === wanted)?.id ?? expect.fail();
      return { again, one: idOf("one"), two: idOf("two") };
    };

    it("names everything there is, once", async () => {
      const { again, one, two } = await readTwice(() => true);
      const named = [...again.upserts.map(({ id }) => id), ...again.unchanged];
      expect(named.sort()).toEqual([one, two].sort());
    });

    it("reads what changed, whatever was known of it", async () => {
      const { again, two } = await readTwice(() => true);
      expect(titlesOf(again)).toContain("two again");
      expect(again.unchanged).not.toContain(two);
    });

    it("reads all that is not known", async () => {
      const { again } = await readTwice(() => false);
      expect(titlesOf(again)).toEqual(["one", "two again"]);
      expect(again.unchanged).toEqual([]);
    });
  });
}
