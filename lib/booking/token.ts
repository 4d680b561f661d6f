import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/**
 * What lets a visitor see their booking without an account: its id, signed. Knowing an id is not enough,
 * and nothing needs to be stored.
 */
export function bookingToken(bookingId: string): string {
  return `${Buffer.from(bookingId.replaceAll("-", ""), "hex").toString("base64url")}${signature(bookingId)}`;
}

/** The booking's id when the token is one of ours, else null. */
export function readBookingToken(token: string): string | null {
  if (!/^[\w-]{54}$/.test(token)) return null;
  const hex = Buffer.from(token.slice(0, 22), "base64url").toString("hex");
  const bookingId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const given = Buffer.from(token.slice(22));
  return timingSafeEqual(given, Buffer.from(signature(bookingId))) ? bookingId : null;
}

function signature(bookingId: string): string {
  const mac = createHmac("sha256", env().AUTH_SECRET).update(`booking:${bookingId}`).digest();
  return mac.subarray(0, 24).toString("base64url");
}
