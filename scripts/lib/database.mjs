import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { CommandError, run } from "./command.mjs";
import { Failure } from "./console.mjs";
import { startCluster } from "./postgres.mjs";

const oldest = 15;

/**
 * The embedded server with the product's database in it.
 * @param {{ dataDir: string, dir: string, password: string }} place `dir` is the cluster's folder
 */
export async function startEmbedded({ dataDir, dir, password }) {
  const cluster = await startCluster({ dir, password });
  const usual = join(dataDir, "postgres");
  if (!existsSync(usual)) symlinkSync(dir, usual);
  try {
    await createDatabase(cluster.url("postgres"), "calends");
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return { ...cluster, url: cluster.url("calends") };
}

/**
 * Asks the database at `url` for its version.
 * @param {string} url
 * @returns {Promise<string>} such as "16.4"
 * @throws Failure saying what is wrong with DATABASE_URL
 */
export async function checkDatabase(url) {
  const address = parseAddress(url);
  const sql = await connect(url);
  try {
    const [row] = await sql`select current_setting('server_version') as version`;
    const problem = versionProblem(row.version);
    if (problem) throw new Failure(problem);
    return row.version.split(" ")[0];
  } catch (error) {
    const problem = connectionProblem(error, address);
    throw problem ? new Failure(problem) : error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** @param {string} version as the server says it */
export function versionProblem(version) {
  if (Number.parseInt(version, 10) >= oldest) return undefined;
  return `DATABASE_URL leads to PostgreSQL ${version}, and Calends needs ${oldest} or newer.`;
}

/**
 * @param {any} error
 * @param {URL} address
 * @returns {string | undefined} a sentence, when a person can mend it
 */
export function connectionProblem(error, address) {
  const host = address.host;
  const user = decodeURIComponent(address.username);
  const database = decodeURIComponent(address.pathname.slice(1));
  switch (error.code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `DATABASE_URL names a host that was not found: ${address.hostname}.`;
    case "ECONNREFUSED":
      return `DATABASE_URL names ${host}, where no PostgreSQL answers.`;
    case "CONNECT_TIMEOUT":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `DATABASE_URL names ${host}, which cannot be reached.`;
    case "28P01":
    case "28000":
      return `The PostgreSQL at ${host} does not let ${user} in: ${error.message}. Check the user and password in DATABASE_URL.`;
    case "3D000":
      return `The PostgreSQL at ${host} has no database "${database}". Create it, or correct DATABASE_URL.`;
    default:
      return undefined;
  }
}

/**
 * Brings the schema up to date. It is TypeScript, so it runs in a process of its own, through tsx.
 * @param {{ root: string, env: Record<string, string>, signal: AbortSignal }} options
 */
export async function migrate({ root, env, signal }) {
  try {
    await runTypeScript("scripts/migrate.ts", { root, env, signal });
  } catch (error) {
    if (signal.aborted || !(error instanceof CommandError)) throw error;
    throw new Failure(error.output.trim());
  }
}

/**
 * @param {string} script
 * @param {{ root: string, env: Record<string, string>, signal: AbortSignal }} options
 */
export async function runTypeScript(script, { root, env, signal }) {
  const args = ["--import", "tsx", script];
  return (await run(process.execPath, args, { cwd: root, env, signal })).stdout.trim();
}

async function createDatabase(url, name) {
  const sql = await connect(url);
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql.unsafe(`create database ${name}`);
  } catch (error) {
    if (error.code !== "28P01") throw error;
    throw new Failure(
      "The embedded database does not know the POSTGRES_PASSWORD of secrets.env. Put the secrets.env that belongs to it back from a backup; nothing was changed.",
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function connect(url) {
  const { default: postgres } = await import("postgres");
  return postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
}

function parseAddress(url) {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address && /^postgres(ql)?:$/.test(address.protocol) && address.hostname) return address;
  throw new Failure(
    "DATABASE_URL is not the address of a PostgreSQL: it looks like postgres://user:password@host:5432/database.",
  );
}
