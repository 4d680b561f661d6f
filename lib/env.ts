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
const httpAddress = (example: string) =>
  z.url({ protocol: /^https?$/, error: `must be an address such as ${example}` });

/** https, but for one on this machine: tokens travel there. */
const serviceAddress = (standard: string) =>
  z
    .url()
    .regex(
      /^(https:\/\/[^/@]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(\/|$)/,
      `must be an address such as ${standard}`,
    )
    .transform((url) => url.replace(/\/+$/, ""))
    .default(standard);

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
  /** Failed refreshes in a row after which a subscription is switched off. */
  SUBSCRIPTION_MAX_FAILURES: whole(1, 100).default(5),
  /** What is read of a subscribed feed at most: megabytes, unpacked, and events. */
  SUBSCRIPTION_MAX_MEGABYTES: whole(1, 200).default(20),
  SUBSCRIPTION_MAX_EVENTS: whole(1, 1_000_000).default(100_000),
  /** How many reverse proxies in front append to X-Forwarded-For; 0 trusts none of it. */
  TRUSTED_PROXIES: whole(0, 10).default(0),
  /** fatal, error, warn, info, debug, trace or silent. */
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be fatal, error, warn, info, debug, trace or silent",
    )
    .default("info"),
  /**
   * The mail server: smtp://user:password@host:587 (STARTTLS) or smtps://…:465. Unset: mails stay in the mailbox
   * administrators see.
   */
  SMTP_URL: z
    .string()
    .refine(isMailServer, "must be an address such as smtp://user:password@mail.example.com:587")
    .optional(),
  /** The address mails come from. */
  MAIL_FROM: z.email("must be an e-mail address such as calendar@example.com").optional(),
  /** The OAuth client of your Google Cloud project; both or neither. Unset: Google is not offered. */
  GOOGLE_CLIENT_ID: text.min(1).optional(),
  GOOGLE_CLIENT_SECRET: text.min(1).optional(),
  /** Where people sign in to Google, and its Calendar API. Others than Google's only on this machine: the emulator. */
  GOOGLE_ISSUER: serviceAddress("https://accounts.google.com"),
  GOOGLE_API_BASE_URL: serviceAddress("https://www.googleapis.com"),
  /** Lets whoever carries it read /api/metrics; unset: there is no such page. */
  METRICS_TOKEN: text.min(16, "needs at least 16 characters").optional(),
  /** Milliseconds before a failed step is tried again; unset: 15 s rising to 2 h. For tests. */
  RETRY_DELAY_MS: whole(0, 86_400_000).optional(),
  /** The Inngest server that runs our functions (docs/scaling.md); unset: the embedded engine does. */
  INNGEST_BASE_URL: httpAddress("http://inngest:8288").optional(),
  /** Where events go when that is another address, as at Inngest Cloud. */
  INNGEST_EVENT_API_BASE_URL: httpAddress("https://inn.gs").optional(),
  /** Shared with that server: it signs its calls with it, and we ours. */
  INNGEST_SIGNING_KEY: z
    .string()
    .regex(
      /^(signkey-\w+-)?([0-9a-f]{2}){16,}$/i,
      "must be hexadecimal, 32 digits or more and an even number of them, as `openssl rand -hex 32` prints it; a key of Inngest Cloud keeps its signkey-… in front",
    )
    .optional(),
  /** Lets us send events there. */
  INNGEST_EVENT_KEY: z
    .string()
    .regex(/^[\w-]+$/, "must be letters, digits, - and _ alone")
    .optional(),
  /** Address that server reaches Calends at. Default: APP_URL. */
  INNGEST_SERVE_ORIGIN: httpAddress("http://calends:3000").optional(),
  /** 1 or an address: a development server of Inngest, which signs nothing. On this machine alone. */
  INNGEST_DEV: z
    .string()
    .regex(/^([01]|true|false|https?:\/\/\S+)$/, "must be 1, 0 or an address such as http://localhost:8288")
    .optional(),
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
  if (!result.success)
    throw problems(result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`));
  const read = { ...result.data, APP_URL: result.data.APP_URL ?? `http://localhost:${result.data.PORT}` };
  const missing = [...inngestProblems(read), ...mailProblems(read), ...googleProblems(read)];
  if (missing.length > 0) throw problems(missing);
  return read;
}

function problems(sentences: string[]): SettingsError {
  return new SettingsError(`${sentences.join("; ")}. The settings are explained in .env.example.`);
}

/** What one of these settings asks of the others. */
function inngestProblems(given: Env): string[] {
  if (isInngestDev(given)) {
    if (/^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(given.APP_URL)) return [];
    return [
      `INNGEST_DEV lets anybody who reaches ${given.APP_URL} run functions; it is for http://localhost alone`,
    ];
  }
  if (!given.INNGEST_BASE_URL) return [];
  return [
    ...(given.INNGEST_SIGNING_KEY
      ? []
      : ["INNGEST_SIGNING_KEY is missing: without it the server of INNGEST_BASE_URL cannot prove itself"]),
    ...(given.INNGEST_EVENT_KEY
      ? []
      : ["INNGEST_EVENT_KEY is missing: without it the server of INNGEST_BASE_URL takes no events"]),
  ];
}

function mailProblems({ SMTP_URL, MAIL_FROM }: Env): string[] {
  return SMTP_URL && !MAIL_FROM ? ["MAIL_FROM is missing: the mails of SMTP_URL come from somebody"] : [];
}

function googleProblems({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET }: Env): string[] {
  if (!GOOGLE_CLIENT_ID === !GOOGLE_CLIENT_SECRET) return [];
  return ["GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET come together; one of them is missing"];
}

/** A password that is no valid URL text (`%` unescaped) would only fail when the first mail is due. */
function isMailServer(value: string): boolean {
  try {
    const { protocol, hostname, username, password, pathname } = new URL(value);
    decodeURIComponent(username + password);
    return /^smtps?:$/.test(protocol) && hostname !== "" && pathname.length <= 1;
  } catch {
    return false;
  }
}

const isInngestDev = ({ INNGEST_DEV }: Env) => INNGEST_DEV !== undefined && !/^(0|false)$/.test(INNGEST_DEV);
