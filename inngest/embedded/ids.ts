import { randomBytes } from "node:crypto";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID: 48 bits of time and 80 of chance in Crockford's base 32, so that ids sort by birth. */
export function ulid(millis = Date.now(), entropy: Uint8Array = randomBytes(10)): string {
  const bits = (BigInt(millis) << 80n) | BigInt(`0x${Buffer.from(entropy).toString("hex")}`);
  return Array.from({ length: 26 }, (_, i) => alphabet[Number((bits >> BigInt(5 * (25 - i))) & 31n)]).join(
    "",
  );
}

/** The ids of a batch the SDK may send again after a failure: the same seed gives the same ids. */
export function seededIds(seed: string | null): (index: number) => string {
  const [millis, entropy] = seed?.split(",") ?? [];
  const bytes = Buffer.from(entropy ?? "", "base64");
  if (!millis || bytes.length !== 10) return () => ulid();
  return (index) => {
    const own = Buffer.from(bytes);
    own.writeUInt32BE((own.readUInt32BE(6) + index + 1) >>> 0, 6);
    return ulid(Number(millis), own);
  };
}
