import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfChanged, next } from "./build.mjs";
import { CommandError, lastLines, run } from "./command.mjs";
import { Failure, paint, seconds } from "./console.mjs";
import { installDependencies, npm } from "./install.mjs";
import { readPlaywright, readVitest, summarize } from "./test-reports.mjs";
import { browser, ensureTools, oldestPostgres, radicale, xandikos } from "./tools.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const reports = join(root, ".test");
const corpus = join(root, "../shared/corpus/recurrence");
const env = { ...process.env, NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1" };
const here = { cwd: root, env };
/** @type {{ passed: number, failed: import("./test-reports.mjs").FailedTest[], again: import("./test-reports.mjs").FailedTest[] }} */
const total = { passed: 0, failed: [], again: [] };

/** Every stage runs, whatever became of the others, as long as it can. */
export async function testEverything() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports);
  if (await stage("Packages", () => installDependencies({ root }))) await testInstalled();
  // Once more, and last: who sees only the end of a log reads here what failed.
  console.log(
    [
      "",
      ...summarize(total.again, "! only at the second try:"),
      ...summarize(total.failed),
      `${total.passed} passed, ${total.failed.length} failed`,
    ].join("\n"),
  );
  process.exit(total.failed.length > 0 ? 1 : 0);
}

async function testInstalled() {
  await stage("Tools", getTools);
  // Next makes the types of the routes; a fresh clone has none.
  await next(["typegen"], { root, env }).catch(() => {});
  await stage("Check", () => npm(["run", "check", "--", ...vitestReport("unit")], here), unitReport);
  // Format, lint, types and import rules end the check at the first that fails; the unit tests run all the same.
  if (!existsSync(unitReport.path)) await stage("Unit tests", () => vitest("unit"), unitReport);
  await stage("Database", () => vitest("db"), databaseReport);
  if (await stage("Build", () => buildIfChanged({ root, env })))
    await stage("Journeys", playwright, journeyReport);
  if (existsSync(corpus)) await stage("Recurrence", conformance);
  else console.log("  ! Recurrence is not measured: its cases (../shared/corpus/recurrence) are not here.");
}

const unitReport = { path: join(reports, "unit.json"), read: readVitest };
const databaseReport = { path: join(reports, "db.json"), read: readVitest };
const journeyReport = { path: join(reports, "e2e.json"), read: readPlaywright };

/**
 * Does `work` and prints a line about it. A report says how many tests passed and failed; a stage that fails
 * without saying counts as one.
 * @param {string} name
 * @param {() => Promise<unknown>} work may return a note for the line
 * @param {{ path: string, read: (report: any, root: string) => import("./test-reports.mjs").Report }} [report]
 * @returns {Promise<boolean>} whether all went well
 */
async function stage(name, work, report) {
  const started = performance.now();
  const outcome = await work().then(
    (note) => ({ ok: true, note, error: undefined }),
    (error) => ({ ok: false, note: "failed", error }),
  );
  const {
    passed,
    failed,
    notRun,
    again = [],
  } = report && existsSync(report.path)
    ? report.read(readJson(report.path), root)
    : { passed: 0, failed: [], notRun: 0 };
  if (!outcome.ok && failed.length === 0) failed.push({ name, message: conclusion(outcome.error) });
  total.passed += passed;
  total.failed.push(...failed);
  total.again.push(...again);
  const ok = outcome.ok && failed.length === 0;
  const counts = `${passed} passed, ${failed.length} failed${notRun > 0 ? `, ${notRun} did not run` : ""}`;
  const note = passed > 0 ? counts : outcome.note;
  const mark = ok ? paint("green", "✓") : paint("red", "✗");
  const time = seconds(performance.now() - started);
  console.log(`  ${mark} ${name.padEnd(14)} ${(typeof note === "string" ? note : "").padEnd(48)} ${time}`);
  if (outcome.error) console.log(indent(explain(outcome.error)));
  return ok;
}

async function getTools() {
  const needed = [browser, radicale, xandikos];
  const missing = await ensureTools([...needed, oldestPostgres]);
  for (const { name, hint } of missing) console.log(`  ! ${name} is missing. ${hint}`);
  if (missing.some((tool) => needed.includes(tool)))
    throw new Failure("Without these, tests below will fail.");
  const notTested = missing.includes(oldestPostgres);
  return notTested
    ? "MIGRATIONS ARE NOT TESTED ON POSTGRESQL 15"
    : "Chromium, Radicale, Xandikos, PostgreSQL 15";
}

function vitest(project) {
  const program = join(root, "node_modules/vitest/vitest.mjs");
  return run(process.execPath, [program, "run", "--project", project, ...vitestReport(project)], here);
}

function vitestReport(project) {
  return ["--reporter=default", "--reporter=json", `--outputFile.json=${join(reports, `${project}.json`)}`];
}

function playwright() {
  const program = join(root, "node_modules/@playwright/test/cli.js");
  const reportTo = { ...env, E2E_REPORT: journeyReport.path };
  return run(process.execPath, [program, "test"], { cwd: root, env: reportTo });
}

async function conformance() {
  const { stdout } = await npm(["run", "--silent", "conformance", "recurrence"], here);
  return lastLines(stdout, 1);
}

function explain(error) {
  if (error instanceof CommandError) return lastLines(error.output, 300);
  return error instanceof Failure ? error.message : error.stack;
}

/** Commands say last what stopped them, everything else says it first. */
function conclusion(error) {
  const isOurs = error instanceof CommandError || error instanceof Failure;
  return isOurs ? lastLines(explain(error), 4) : String(error);
}

function indent(text) {
  return text.replaceAll(/^(?=.)/gm, "    ");
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
