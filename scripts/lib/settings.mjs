// What the scripts need to know before anything is installed. lib/env.ts checks all settings, for the product.
import { randomBytes } from "node:crypto";
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { Failure } from "./console.mjs";

const secretMakers = {
  AUTH_SECRET: () => randomBytes(48).toString("base64url"),
  // Fernet wants padded base64url.
  FERNET_KEYS: () => `${randomBytes(32).toString("base64url")}=`,
  POSTGRES_PASSWORD: () => randomBytes(24).toString("base64url"),
};

/**
 * @typedef {object} Settings
 * @property {string} root the project's folder
 * @property {string} dataDir where secrets and the embedded database live
 * @property {number} port
 * @property {string} appUrl
 * @property {Record<string, string>} env the environment, completed from `.env`; empty means not set
 */

/**
 * The environment, then `.env`.
 * @param {string} root
 * @returns {Settings}
 */
export function readSettings(root) {
  const env = withoutEmpty({ ...readEnvFile(join(root, ".env")), ...process.env });
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Failure(`PORT must be a number from 1 to 65535, not "${env.PORT}".`);
  }
  return {
    root,
    dataDir: resolve(root, env.DATA_DIR ?? ".data"),
    port,
    appUrl: env.APP_URL?.replace(/\/$/, "") ?? `http://localhost:${port}`,
    env: { ...env, PORT: String(port) },
  };
}

/** @param {string} dataDir */
export function makeDataFolder(dataDir) {
  // As root, PostgreSQL runs as another user, who has to pass through; the secrets have a mode of their own.
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/**
 * The secrets of this installation. Those that are nowhere yet are made and added to `secrets.env`; nothing in
 * that file is ever changed.
 * @param {Settings} settings
 * @param {string | undefined} cluster the folder of the embedded database, when there is one already
 * @returns {{ secrets: Record<string, string>, made: boolean }}
 */
export function ensureSecrets({ dataDir, env }, cluster) {
  const path = join(dataDir, "secrets.env");
  const kept = readEnvFile(path);
  if (cluster && !kept.POSTGRES_PASSWORD) {
    throw new Failure(
      `${path} is gone, and with it the keys of the database in ${cluster}. Put it back from a backup, or move the database away to start empty; nothing was changed.`,
    );
  }
  const missing = Object.entries(secretMakers).filter(([name]) => !kept[name] && !given(env, name));
  const fresh = Object.fromEntries(missing.map(([name, make]) => [name, make()]));
  if (missing.length > 0) append(path, fresh);
  // A password in the environment is another database's; the embedded one only ever had this one.
  return { secrets: { ...kept, ...fresh }, made: missing.length > 0 };
}

function given(env, name) {
  return name !== "POSTGRES_PASSWORD" && env[name] !== undefined;
}

function append(path, values) {
  const isNew = !existsSync(path);
  const intro =
    "# Made by the first start. Whoever has this file can read every stored calendar password: keep it\n# private, and keep a copy with the backups of the database.\n";
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(path, (isNew ? intro : "\n") + lines.join(""), { mode: 0o600 });
  chmodSync(path, 0o600);
}

function readEnvFile(path) {
  if (!existsSync(path)) return {};
  return parseEnv(readFileSync(path, "utf8"));
}

/** @returns {Record<string, string>} */
function withoutEmpty(values) {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  );
}
