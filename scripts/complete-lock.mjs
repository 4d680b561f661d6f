// Adds to package-lock.json the packages of other platforms that npm left out of it. npm drops an optional
// dependency that the registry it asks does not carry, and `npm ci` then refuses the whole lock file, everywhere.
// Run after changing dependencies: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { missingFromLock } from "./lib/lock-file.mjs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
for (const { at, entry } of missingFromLock(lock)) lock.packages[at] = entry;
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
