import { type Logger, pino } from "pino";
import { env } from "./env";

let logger: Logger | undefined;

/** The log: JSON lines on stdout. What looks like a secret, by its name or by itself, is left out. */
export function log(): Logger {
  logger ??= createLog(env().LOG_LEVEL);
  return logger;
}

export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    formatters: { level: (label: string) => ({ level: label }) },
    // On the finished line: errors, child loggers and serializers cannot get around it.
    hooks: { streamWrite: (line: string) => `${JSON.stringify(JSON.parse(line, redact))}\n` },
  };
  return destination ? pino(options, destination) : pino(options);
}

const secretName =
  /pass(word|phrase)|secret|token|authorization|cookie|credential|fernet|api_?key|private_?key/i;
const userInAddress = /(\w:\/\/)[^\s/"'\\@]+@/g;
// An API token, wherever it stands (lib/api-tokens).
const apiToken = /\bcalends_[\w-]{43}/g;

/** A reviver for JSON.parse. */
function redact(name: string, value: unknown): unknown {
  const isNothing = value === null || typeof value === "boolean";
  if (secretName.test(name) && !isNothing) return "[redacted]";
  if (typeof value !== "string") return value;
  return value.replace(userInAddress, "$1[redacted]@").replace(apiToken, "[redacted]");
}
