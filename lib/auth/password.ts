import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

type Cost = { ln: number; r: number; p: number };

// OWASP's scrypt setting for 32 MiB of memory. Every stored password carries its own, so this one may rise.
const usual: Cost = { ln: 15, r: 8, p: 3 };
const saltLength = 16;
const keyLength = 32;

const deriveKey = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** What is stored of a password: `$scrypt$ln=…,r=…,p=…$salt$key`, the PHC string format. */
export async function hashPassword(password: string, cost = usual): Promise<string> {
  const salt = randomBytes(saltLength);
  return formatHash(cost, salt, await keyOf(password, salt, cost, keyLength));
}

/**
 * Whether `password` is the one `stored` was made of. Null, for somebody we do not know, costs the same work
 * and is always wrong.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const known = stored === null ? null : parseHash(stored);
  const { salt, key, cost } = known ?? nobody;
  const given = await keyOf(password, salt, cost, key.length);
  return timingSafeEqual(given, key) && known !== null;
}

function keyOf(password: string, salt: Buffer, { ln, r, p }: Cost, length: number): Promise<Buffer> {
  const N = 2 ** ln;
  // The same letters arrive composed or decomposed, depending on the keyboard.
  return deriveKey(password.normalize("NFKC"), salt, length, { N, r, p, maxmem: 256 * N * r });
}

type ParsedHash = { cost: Cost; salt: Buffer; key: Buffer };

function parseHash(stored: string): ParsedHash | null {
  const match = stored.match(/^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]{20,})$/);
  if (!match) return null;
  const [, ln, r, p, salt = "", key = ""] = match;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64"),
    key: Buffer.from(key, "base64"),
  };
}

function formatHash({ ln, r, p }: Cost, salt: Buffer, key: Buffer): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(key)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

const nobody: ParsedHash = { cost: usual, salt: Buffer.alloc(saltLength), key: Buffer.alloc(keyLength) };
