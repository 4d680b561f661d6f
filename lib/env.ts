import { z } from "zod";

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true");
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** Every setting of the product. `.env.example` lists the same names; a test keeps them equal. */
export const settings = z.object({
  /** Port the server listens on. */
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** Address people reach the product at, without a trailing slash. Default: http://localhost:PORT. */
  APP_URL: optional(z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, ""))),
  /** PostgreSQL ≥ 15. `npm start` fills it in with the embedded one when it is not set. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must start with postgres://"),
  /** Signs sign-in sessions and booking links. `npm start` makes one on first run. */
  AUTH_SECRET: z.string().min(32, "needs at least 32 characters"),
  /** Encrypt calendar credentials: Fernet keys, newest first, separated by commas. */
  FERNET_KEYS: z
    .string()
    .transform((value) => value.split(",").map((key) => key.trim()))
    .pipe(
      z
        .array(z.string().regex(/^[A-Za-z0-9_-]{43}=$/, "must be 32 bytes in base64url, 44 characters"))
        .min(1),
    ),
  /** Lets connections reach private, loopback and link-local addresses over plain http. For a LAN or tests. */
  ALLOW_PRIVATE_ADDRESSES: flag,
  /** How many reverse proxies in front append to X-Forwarded-For; 0 trusts none of it. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** fatal, error, warn, info, debug, trace or silent. */
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Milliseconds before a failed step is tried again; unset: 15 s rising to 2 h. For tests. */
  RETRY_DELAY_MS: optional(z.coerce.number().int().min(0)),
});

export type Env = Omit<z.infer<typeof settings>, "APP_URL"> & { APP_URL: string };

let parsed: Env | undefined;

/**
 * The settings, read from the environment once.
 * @throws Error whose message names every variable that is missing or wrong.
 */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = settings.safeParse(source);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Settings are not right. ${lines.join("; ")}.`);
  }
  return { ...result.data, APP_URL: result.data.APP_URL ?? `http://localhost:${result.data.PORT}` };
}
