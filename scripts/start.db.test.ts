import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { CommandError, run } from "./lib/command.mjs";
import { lockDataFolder } from "./lib/lock.mjs";
import { freePort } from "./lib/port.mjs";

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "calends-start-"));
  chmodSync(dataDir, 0o711);
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe("npm start says in one sentence what is in its way", () => {
  test("a port that is in use", async () => {
    const other = createServer().listen(0);
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    expect(await failure({ PORT: `${port}` })).toMatch(`Port ${port} is in use by another program.`);
    other.close();
  });

  test("a port that is none", async () => {
    expect(await failure({ PORT: "http" })).toBe('PORT must be a number from 1 to 65535, not "http".');
  });

  test("another npm start on the same data", async () => {
    await lockDataFolder(dataDir, "http://localhost:4321");
    expect(await failure()).toBe(
      `Calends is already running on ${dataDir}, at http://localhost:4321. Stop it first (Ctrl-C where it runs).`,
    );
  });

  test("a damaged database, which it leaves as it is", async () => {
    keepPassword();
    mkdirSync(join(dataDir, "postgres"));
    writeFileSync(join(dataDir, "postgres/precious"), "rows");
    expect(await failure()).toMatch(
      /The database in .* is damaged: PG_VERSION, .* missing. Nothing was changed/,
    );
    expect(readFileSync(join(dataDir, "postgres/precious"), "utf8")).toBe("rows");
  });

  test("a database of another PostgreSQL", async () => {
    keepPassword();
    const cluster = join(dataDir, "postgres");
    for (const folder of ["base", "global", "pg_wal", "pg_xact"]) {
      mkdirSync(join(cluster, folder), { recursive: true });
    }
    for (const file of ["postgresql.conf", "pg_hba.conf", "global/pg_control"])
      writeFileSync(join(cluster, file), "");
    writeFileSync(join(cluster, "PG_VERSION"), "14\n");
    expect(await failure()).toMatch(/was made by PostgreSQL 14, and this release brings 18/);
  });

  test("a database whose secrets are gone", async () => {
    mkdirSync(join(dataDir, "postgres"));
    expect(await failure()).toMatch(
      /secrets.env is gone, .* Put it back from a backup, .*; nothing was changed.$/,
    );
  });

  test.each([
    ["no address at all", "somewhere", "DATABASE_URL is not the address of a PostgreSQL"],
    [
      "another kind of database",
      "mysql://a:b@localhost/c",
      "DATABASE_URL is not the address of a PostgreSQL",
    ],
    ["a port where nobody is", "postgres://a:b@127.0.0.1:1/c", "127.0.0.1:1, where no PostgreSQL answers"],
  ])("a DATABASE_URL with %s", async (_, url, sentence) => {
    expect(await failure({ DATABASE_URL: url })).toContain(sentence);
  });

  test("a DATABASE_URL with a wrong password, without repeating it", async () => {
    const url = `${inject("postgresServer").replace("test@", "hush@")}template`;
    const said = await failure({ DATABASE_URL: url });
    expect(said).toMatch("Check the user and password in DATABASE_URL.");
    expect(said).not.toContain("hush");
  });

  test("a DATABASE_URL with a database that is not there", async () => {
    const said = await failure({ DATABASE_URL: `${inject("postgresServer")}nowhere` });
    expect(said).toMatch('has no database "nowhere". Create it, or correct DATABASE_URL.');
  });
});

test("npm start makes its secrets once, for their owner alone", async () => {
  const path = join(dataDir, "secrets.env");
  await failure({ DATABASE_URL: "nonsense" });
  const made = readFileSync(path, "utf8");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(made).toMatch(/^AUTH_SECRET=\S{64}$/m);
  expect(made).toMatch(/^FERNET_KEYS=[\w-]{43}=$/m);
  await failure({ DATABASE_URL: "nonsense" });
  expect(readFileSync(path, "utf8")).toBe(made);
});

/** What `npm start` ends with; it has to fail before it builds or serves. */
async function failure(env: Record<string, string> = {}): Promise<string> {
  const unset = { DATABASE_URL: "", AUTH_SECRET: "", FERNET_KEYS: "" };
  const settings = { ...unset, PORT: `${await freePort()}`, DATA_DIR: dataDir, ...env };
  const error = await run(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, ...settings },
  }).catch((error) => error);
  if (!(error instanceof CommandError)) throw new Error("npm start did not fail.");
  expect(error.code).toBe(1);
  expect(error.output).not.toMatch(/^\s+at /m);
  return /✗ (.*)/.exec(error.output)?.[1] ?? error.output;
}

function keepPassword() {
  writeFileSync(join(dataDir, "secrets.env"), "POSTGRES_PASSWORD=p\n");
}
