import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Failure, paint, reportFailure, step } from "./console.mjs";
import { checkDatabase, migrate, runTypeScript, startEmbedded } from "./database.mjs";
import { installDependencies } from "./install.mjs";
import { watchInterrupts } from "./interrupts.mjs";
import { lockDataFolder } from "./lock.mjs";
import { checkPort } from "./port.mjs";
import { startServer } from "./server.mjs";
import { clusterFolder } from "./server-user.mjs";
import { ensureSecrets, makeDataFolder, readSettings } from "./settings.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/**
 * From a fresh clone to a running product, and cleanly down again at Ctrl-C.
 * @param {object} options
 * @param {"start" | "dev"} options.command of Next
 * @param {(project: { root: string, env: Record<string, string>, signal: AbortSignal }) => Promise<string>}
 *   [options.build] says what it did
 */
export async function launch({ command, build }) {
  const interrupts = watchInterrupts();
  /**
   * What to stop, newest last.
   * @type {{ name: string, stop: (force: AbortSignal) => Promise<void>, isRunning?: () => boolean }[]}
   */
  const running = [];
  let exitCode = 0;
  try {
    await serve({ command, build, running, stop: interrupts.stop });
  } catch (error) {
    if (!interrupts.stop.aborted) {
      reportFailure(error);
      exitCode = 1;
    }
  }
  for (const { name, stop, isRunning } of running.reverse()) {
    if (isRunning?.() === false) continue;
    try {
      await step(name, async (note) => {
        await stop(interrupts.force);
        note("stopped");
      });
    } catch (error) {
      reportFailure(error);
      exitCode = 1;
    }
  }
  process.exit(interrupts.force.aborted ? 1 : exitCode);
}

/** Comes back when told to `stop`; throws when something goes wrong before. */
async function serve({ command, build, running, stop }) {
  console.log();
  const settings = readSettings(root);
  makeDataFolder(settings.dataDir);
  await lockDataFolder(settings.dataDir, settings.appUrl);
  await checkPort(settings.port);

  await step("Node", (note) => note(process.versions.node));
  await step("Packages", async (note) => note(await installDependencies({ root, signal: stop })));
  const env = await openDatabase({ settings, running, stop });
  const project = { root, env, signal: stop };
  await step("Schema", () => migrate(project));
  if (build) await step("Build", async (note) => note(await build(project)));

  stop.throwIfAborted();
  const server = startServer({ root, command, port: settings.port, env });
  running.push({ name: "Server", stop: server.stop, isRunning: server.isRunning });
  const [link] = await Promise.all([
    runTypeScript("scripts/setup-link.ts", project),
    step("Server", async (note) => {
      await server.ready;
      note(`listening on port ${settings.port}`);
    }),
  ]);
  greet(settings.appUrl, link);

  const how = await Promise.race([server.ended, once(stop)]);
  if (stop.aborted) console.log();
  else throw new Failure(`The server ended by itself (${how}). What it said last is above.`);
}

/** @returns {Promise<Record<string, string>>} the environment for everything that needs the database */
async function openDatabase({ settings, running, stop }) {
  const { dataDir, env, appUrl } = settings;
  const given = env.DATABASE_URL;
  const dir = given ? undefined : await clusterFolder(dataDir);
  const { secrets, made } = ensureSecrets(settings, dir && existsSync(dir) ? dir : undefined);
  if (made) await step("Secrets", (note) => note(`made and kept in ${dataDir}/secrets.env`));
  stop.throwIfAborted();
  const url = await step("PostgreSQL", async (note) => {
    if (given) {
      note(`${await checkDatabase(given)} at ${new URL(given).host}`);
      return given;
    }
    const cluster = await startEmbedded({ dataDir, dir, password: secrets.POSTGRES_PASSWORD });
    running.push({ name: "PostgreSQL", stop: cluster.stop });
    note(`${cluster.version} in ${dir}`);
    return cluster.url;
  });
  stop.throwIfAborted();
  const { POSTGRES_PASSWORD: _, ...keys } = secrets;
  return { ...keys, ...env, APP_URL: appUrl, DATABASE_URL: url };
}

function greet(appUrl, link) {
  console.log(`\n  Calends is running at ${paint("bold", appUrl)}`);
  if (link) console.log(`  Make the first account here; the link works once:\n  ${paint("bold", link)}`);
  console.log();
}

function once(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
