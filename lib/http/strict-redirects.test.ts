import { Response } from "undici";
import { expect, test } from "vitest";
import { createGuardedFetch } from "./guarded-fetch";

const first = "https://feeds.example/a.ics";

test.each([
  "https://10.0.0.1/a.ics",
  "https://127.0.0.1:8443/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[64:ff9b::127.0.0.1]/",
  "https://[fd00::1]/",
  "https://169.254.169.254/latest/meta-data/",
  "https://2130706433/",
  "http://feeds.example/a.ics",
  "//192.168.0.1/a.ics",
  "file:///etc/passwd",
  "https://user:secret@feeds.example/",
])("a public server cannot send us on to %s", async (location) => {
  const asked: string[] = [];
  // No test reaches the public internet: what its servers would answer is played here.
  const sendOne = async ({ url }: { url: URL }) => {
    asked.push(url.href);
    return new Response(null, { status: 301, headers: { location } });
  };
  const strict = createGuardedFetch({ allowPrivate: false, sendOne });
  const answer = strict({ url: first, maxBytes: 1000, timeoutMs: 1000 });
  await expect(answer).rejects.toMatchObject({ code: "invalid" });
  expect(asked).toEqual([first]);
});
