import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseEnv, SettingsError, settings } from "./env";

const required = {
  DATABASE_URL: "postgres://calends@localhost/calends",
  AUTH_SECRET: "a".repeat(32),
  FERNET_KEYS: `${"A".repeat(43)}=`,
};

describe(".env.example", () => {
  const text = readFileSync(".env.example", "utf8");
  const examples = Object.fromEntries([...text.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, ...pair]) => pair));

  test("names every setting, once, in the same order", () => {
    expect(Object.keys(examples)).toEqual(Object.keys(settings.shape));
    expect(text.match(/^# [A-Z_]+=/gm)).toHaveLength(Object.keys(settings.shape).length);
  });

  test("shows the defaults", () => {
    const given = Object.entries(examples).filter(([, value]) => value !== "");
    expect(parseEnv({ ...required, ...Object.fromEntries(given) })).toEqual(parseEnv(required));
  });

  test("sets nothing by itself", () => {
    expect(text).not.toMatch(/^[^#\n]/m);
  });
});

describe("parseEnv", () => {
  test("names every variable that is missing or wrong", () => {
    const wrong = { PORT: "x", APP_URL: "ftp://a", FERNET_KEYS: "short", TRUSTED_PROXIES: "-1" };
    const message = problemOf({ ...wrong, ALLOW_PRIVATE_ADDRESSES: "yes", LOG_LEVEL: "loud" });
    expect(message).toContain("DATABASE_URL is missing");
    expect(message).toContain("AUTH_SECRET is missing");
    expect(message).toContain("PORT must be a whole number");
    expect(message).toContain("APP_URL must be an address");
    expect(message).toContain("FERNET_KEYS must be keys");
    expect(message).toContain("TRUSTED_PROXIES must be 0 or more");
    expect(message).toContain("ALLOW_PRIVATE_ADDRESSES must be true or false");
    expect(message).toContain("LOG_LEVEL must be fatal");
  });

  test("does not repeat what a secret is", () => {
    expect(problemOf({ ...required, AUTH_SECRET: "too-short" })).not.toContain("too-short");
    expect(problemOf({ ...required, DATABASE_URL: "mysql://u:hush@h/d" })).not.toContain("hush");
  });

  test("takes an empty value for one that is not set", () => {
    expect(parseEnv({ ...required, PORT: "", LOG_LEVEL: "", RETRY_DELAY_MS: "" })).toEqual(
      parseEnv(required),
    );
  });

  test("derives the address from the port, and takes a slash off one that is given", () => {
    expect(parseEnv({ ...required, PORT: "4000" }).APP_URL).toBe("http://localhost:4000");
    expect(parseEnv({ ...required, APP_URL: "https://cal.example/" }).APP_URL).toBe("https://cal.example");
  });

  test("reads several keys, newest first", () => {
    const keys = [`${"A".repeat(43)}=`, `${"b".repeat(43)}=`];
    expect(parseEnv({ ...required, FERNET_KEYS: keys.join(", ") }).FERNET_KEYS).toEqual(keys);
  });
});

describe("a mail server", () => {
  const server = {
    ...required,
    SMTP_URL: "smtps://me:p%40ss@mail.example:465",
    MAIL_FROM: "cal@example.com",
  };

  test("needs an address to send from", () => {
    expect(parseEnv(server).MAIL_FROM).toBe("cal@example.com");
    expect(problemOf({ ...server, MAIL_FROM: "" })).toContain("MAIL_FROM is missing");
    expect(problemOf({ ...server, MAIL_FROM: "Calends" })).toContain("MAIL_FROM must be an e-mail address");
  });

  test("has an address of its own, and its password is not repeated", () => {
    for (const url of ["mail.example.com", "https://mail.example.com", "smtp://u:hush%zz@host", "smtp://"]) {
      const message = problemOf({ ...server, SMTP_URL: url });
      expect(message).toContain("SMTP_URL must be an address such as");
      expect(message).not.toContain("hush");
    }
  });
});

describe("another Google", () => {
  test("is on this machine, or reached by https", () => {
    for (const url of [
      "http://localhost:4400",
      "http://127.0.0.1:4400/",
      "http://[::1]",
      "https://google.test/x",
    ])
      expect(parseEnv({ ...required, GOOGLE_ISSUER: url }).GOOGLE_ISSUER).toBe(url.replace(/\/$/, ""));
    for (const url of [
      "http://google.test",
      "http://localhost.google.test",
      "http://localhost:4400@google.test",
      "https://me:hush@google.test",
    ])
      expect(problemOf({ ...required, GOOGLE_ISSUER: url })).toContain("GOOGLE_ISSUER must be an address");
  });
});

describe("an Inngest server", () => {
  const server = {
    ...required,
    INNGEST_BASE_URL: "http://inngest:8288",
    INNGEST_SIGNING_KEY: "0123456789abcdef".repeat(4),
    INNGEST_EVENT_KEY: "an-event-key",
  };

  test("needs both keys", () => {
    expect(parseEnv(server).INNGEST_BASE_URL).toBe("http://inngest:8288");
    const message = problemOf({ ...server, INNGEST_SIGNING_KEY: "", INNGEST_EVENT_KEY: "" });
    expect(message).toContain("INNGEST_SIGNING_KEY is missing");
    expect(message).toContain("INNGEST_EVENT_KEY is missing");
  });

  test("takes a signing key in plain hexadecimal of even length, or one of Inngest Cloud", () => {
    const signed = (key: string) => ({ ...server, INNGEST_SIGNING_KEY: key });
    expect(parseEnv(signed(`signkey-prod-${"ab".repeat(32)}`)).INNGEST_SIGNING_KEY).toMatch(/^signkey-prod-/);
    for (const key of ["short", "ab".repeat(15), `${"ab".repeat(20)}c`, "xy".repeat(32)]) {
      const message = problemOf(signed(key));
      expect(message).toContain("INNGEST_SIGNING_KEY must be hexadecimal");
      expect(message).not.toContain(`${key} `);
    }
  });

  test("has addresses", () => {
    const message = problemOf({
      ...server,
      INNGEST_BASE_URL: "inngest:8288",
      INNGEST_SERVE_ORIGIN: "calends",
    });
    expect(message).toContain("INNGEST_BASE_URL must be an address such as http://inngest:8288");
    expect(message).toContain("INNGEST_SERVE_ORIGIN must be an address");
  });

  test("for development needs no keys, and is refused where others could reach it", () => {
    expect(parseEnv({ ...required, INNGEST_DEV: "1" }).INNGEST_DEV).toBe("1");
    expect(problemOf({ ...required, INNGEST_DEV: "1", APP_URL: "https://cal.example" })).toContain(
      "INNGEST_DEV lets anybody who reaches https://cal.example run functions",
    );
    expect(problemOf({ ...server, INNGEST_DEV: "0", INNGEST_SIGNING_KEY: "" })).toContain(
      "INNGEST_SIGNING_KEY is missing",
    );
    expect(problemOf({ ...required, INNGEST_DEV: "yes" })).toContain(
      "INNGEST_DEV must be 1, 0 or an address",
    );
  });
});

function problemOf(source: Record<string, string>): string {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
  }
  throw new Error("The settings were taken.");
}
