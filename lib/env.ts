import { z } from "zod";

const flag = z
  .enum(["true", "false"], "must be true or false")
  .default("false")
  .transform((value) => value === "true");
const whole = (from: number, to: number) =>
  z.coerce
    .number("must be a whole number")
    .int("must be a whole number")
    .min(from, `must be ${from} or more`)
    .max(to, `must be ${to} or less`);
const text = z.string("is missing");

/** Every setting of the product. `.env.example` lists the same names and defaults; a test keeps them equal. */
export const settings = z.object({
  /** Port the server listens on. */
  PORT: whole(1, 65_535).default(3000),
  /** Address people reach the product at, without a trailing slash. Default: http://localhost:PORT. */
  APP_URL: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://calendar.example.com" })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  /** Folder for what `npm start` keeps: the first-run secrets and the embedded PostgreSQL. */
  DATA_DIR: z.string().default(".data"),
  /** PostgreSQL ≥ 15. `npm start` fills it in with the embedded one when it is not set. */
  DATABASE_URL: text.regex(/^postgres(ql)?:\/\//, "must start with postgres://"),
  /** Signs sign-in sessions and booking links. `npm start` makes one on first run. */
  AUTH_SECRET: text.min(32, "needs at least 32 characters"),
  /** Encrypt calendar credentials: Fernet keys, newest first, separated by commas. Made on first run. */
  FERNET_KEYS: text
    .regex(
      /^\s*[\w-]{43}=\s*(,\s*[\w-]{43}=\s*)*$/,
      "must be keys of 32 bytes in base64url, 44 characters each, separated by commas",
    )
    .transform((value) => value.split(",").map((key) => key.trim())),
  /** Lets connections reach private, loopback and link-local addresses over plain http. For a LAN or tests. */
  ALLOW_PRIVATE_ADDRESSES: flag,
  /** How many reverse proxies in front append to X-Forwarded-For; 0 trusts none of it. */
  TRUSTED_PROXIES: whole(0, 10).default(0),
  /** fatal, error, warn, info, debug, trace or silent. */
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be fatal, error, warn, info, debug, trace or silent",
    )
    .default("info"),
  /** Milliseconds before a failed step is tried again; unset: 15 s rising to 2 h. For tests. */
  RETRY_DELAY_MS: whole(0, 86_400_000).optional(),
});

export type Env = Omit<z.infer<typeof settings>, "APP_URL"> & { APP_URL: string };

/** Its message names every variable that is missing or wrong. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

let parsed: Env | undefined;

/**
 * The settings, read from the environment once.
 * @throws SettingsError
 */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** An empty value is one that is not set, as in `NAME=` of a `.env` file. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.entries(source).filter(([, value]) => value !== "");
  const result = settings.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new SettingsError(`${problems.join("; ")}. The settings are explained in .env.example.`);
  }
  return { ...result.data, APP_URL: result.data.APP_URL ?? `http://localhost:${result.data.PORT}` };
}
