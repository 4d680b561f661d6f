/** The settings of a process that tests something against `databaseUrl`. */
export function applyTestSettings(databaseUrl: string): void {
  process.env.DATABASE_URL = databaseUrl;
  process.env.AUTH_SECRET = "test-secret-of-at-least-32-characters";
  process.env.FERNET_KEYS = `${Buffer.alloc(32, 7).toString("base64url")}=`;
  process.env.ALLOW_PRIVATE_ADDRESSES = "true";
  process.env.LOG_LEVEL = "silent";
}
