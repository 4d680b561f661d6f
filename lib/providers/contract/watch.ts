import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { PushUnsupported } from "../push-unsupported";
import { foreign, type Scene } from "./scene";

/** For providers that notify. */
export function describeWatch(scene: Scene): void {
  describe("watch", () => {
    const open = async (calendar: string) => {
      const { channels = expect.fail("this harness receives nothing"), provider } = scene.harness;
      const channel = { id: randomUUID(), secret: randomUUID(), address: channels.address };
      const opened = await provider.watch?.(calendar, channel);
      await channels.received();
      return { channel, channels, opened: opened ?? expect.fail("this provider watches nothing") };
    };

    it("has every change told of with the secret, until it is stopped", async () => {
      const calendar = await scene.makeCalendar();
      const { channel, channels, opened } = await open(calendar);
      expect(opened.expiresAt).toBeInstanceOf(Date);
      await scene.harness.save(calendar, foreign("one"));
      expect(await channels.received()).toEqual([channel.secret]);
      const ref = { id: channel.id, resourceId: opened.resourceId };
      await scene.harness.provider.unwatch?.(ref);
      await scene.harness.save(calendar, foreign("two"));
      expect(await channels.received()).toEqual([]);
      await scene.harness.provider.unwatch?.(ref);
    });

    it("lets a successor overlap", async () => {
      const calendar = await scene.makeCalendar();
      const first = await open(calendar);
      const second = await open(calendar);
      await scene.harness.save(calendar, foreign("one"));
      const secrets = [first.channel.secret, second.channel.secret].sort();
      expect((await first.channels.received()).sort()).toEqual(secrets);
    });

    it("says when a calendar is never told of", async () => {
      const calendar = (await scene.harness.channels?.makeSilentCalendar()) ?? expect.fail();
      await expect(open(calendar)).rejects.toBeInstanceOf(PushUnsupported);
    });

    it("says when the calendar is gone", async () => {
      const calendar = await scene.makeCalendar();
      await scene.harness.deleteCalendar(calendar);
      await expect(open(calendar)).rejects.toMatchObject({ code: "not_found" });
    });
  });
}
