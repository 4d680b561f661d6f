import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { missingFromLock } from "./lock-file.mjs";

test("package-lock.json is whole on every platform; node scripts/complete-lock.mjs mends it", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  expect(missingFromLock(lock).map(({ at }) => at)).toEqual([]);
});

test("names what another platform needs, with that platform", () => {
  const lock = {
    packages: {
      "node_modules/a": { optionalDependencies: { "@x/a-linux-arm64-musl": "1.2.3", b: "2.0.0" } },
      "node_modules/a/node_modules/b": {},
    },
  };
  expect(missingFromLock(lock)).toEqual([
    {
      at: "node_modules/@x/a-linux-arm64-musl",
      entry: { version: "1.2.3", os: ["linux"], cpu: ["arm64"], libc: ["musl"], optional: true },
    },
  ]);
});
