import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const version = 0x80;
const ivStart = 9;
const ciphertextStart = 25;
const macLength = 32;
const blockLength = 16;
const maxClockSkewSeconds = 60;

/**
 * Fernet (github.com/fernet/spec): AES-128-CBC under HMAC-SHA256, with the first of `keys`.
 * `fixed` is for the specification's vectors only: an IV must never come twice.
 */
export function encrypt(plaintext: string, keys: string[], fixed?: { now: Date; iv: Buffer }): string {
  const { signing, encryption } = splitKey(keys[0]);
  const iv = fixed?.iv ?? randomBytes(blockLength);
  const head = Buffer.alloc(ivStart);
  head.writeUInt8(version, 0);
  head.writeBigUInt64BE(BigInt(Math.floor((fixed?.now.getTime() ?? Date.now()) / 1000)), 1);
  const cipher = createCipheriv("aes-128-cbc", encryption, iv);
  const signed = Buffer.concat([head, iv, cipher.update(plaintext, "utf8"), cipher.final()]);
  return toBase64url(Buffer.concat([signed, macOf(signed, signing)]));
}

/**
 * The plaintext of `token`, trying each key. Without `age` a token never expires.
 * @throws Error that says neither token nor key nor which check failed
 */
export function decrypt(token: string, keys: string[], age?: { now: Date; ttlSeconds: number }): string {
  const bytes = fromBase64url(token);
  if (!bytes || !isWellFormed(bytes) || (age && !isFresh(bytes, age))) throw unreadable();
  for (const key of keys) {
    const plaintext = tryKey(bytes, key);
    if (plaintext !== null) return plaintext;
  }
  throw unreadable();
}

/** Encrypts a connection's credentials so that they open for that connection only. */
export function sealCredentials(connectionId: string, credentials: unknown, keys: string[]): string {
  return encrypt(JSON.stringify({ connectionId, credentials }), keys);
}

/**
 * What `sealCredentials` sealed; the caller's schema says what it is.
 * @throws Error when no key opens it, or when it was sealed for another connection
 */
export function openCredentials(connectionId: string, token: string, keys: string[]): unknown {
  const sealed: { connectionId?: unknown; credentials?: unknown } = parseSealed(decrypt(token, keys));
  if (sealed.connectionId !== connectionId) throw unreadable();
  return sealed.credentials;
}

/** JSON.parse quotes its input in its message, and the input is secret. */
function parseSealed(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw unreadable();
  }
}

function unreadable(): Error {
  return new Error("The encrypted value cannot be opened with the configured FERNET_KEYS.");
}

function isWellFormed(bytes: Buffer): boolean {
  const ciphertextLength = bytes.length - ciphertextStart - macLength;
  return bytes[0] === version && ciphertextLength >= blockLength && ciphertextLength % blockLength === 0;
}

function isFresh(bytes: Buffer, { now, ttlSeconds }: { now: Date; ttlSeconds: number }): boolean {
  const ageSeconds = Math.floor(now.getTime() / 1000) - Number(bytes.readBigUInt64BE(1));
  return ageSeconds <= ttlSeconds && ageSeconds >= -maxClockSkewSeconds;
}

function tryKey(bytes: Buffer, key: string): string | null {
  const { signing, encryption } = splitKey(key);
  const signed = bytes.subarray(0, -macLength);
  if (!timingSafeEqual(macOf(signed, signing), bytes.subarray(-macLength))) return null;
  const decipher = createDecipheriv("aes-128-cbc", encryption, signed.subarray(ivStart, ciphertextStart));
  try {
    return Buffer.concat([decipher.update(signed.subarray(ciphertextStart)), decipher.final()]).toString();
  } catch {
    return null; // The MAC is right and the padding is not: not made by a Fernet writer.
  }
}

function splitKey(key: string | undefined): { signing: Buffer; encryption: Buffer } {
  const bytes = key === undefined ? null : fromBase64url(key);
  if (bytes?.length !== 32) throw new Error("A Fernet key is 32 bytes in base64url.");
  return { signing: bytes.subarray(0, 16), encryption: bytes.subarray(16) };
}

function macOf(signed: Buffer, signingKey: Buffer): Buffer {
  return createHmac("sha256", signingKey).update(signed).digest();
}

function toBase64url(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

/** Strict, as the specification's vectors ask: Node skips what is no base64, stops at "=", and takes both alphabets. */
function fromBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64url");
  return toBase64url(bytes) === text ? bytes : null;
}
