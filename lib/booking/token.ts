import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/** Whose link it is. Each purpose signs differently, so that a visitor's token is never a host's. */
type Purpose = "booking" | "booking-host";

/**
 * What lets a visitor see their booking without an account: its id, signed. Knowing an id is not enough,
 * and nothing needs to be stored.
 */
export const bookingToken = (bookingId: string) => makeToken(bookingId, "booking");

/** The booking's id when the token is a visitor's, else null. */
export const readBookingToken = (token: string) => readToken(token, "booking");

/** What lets a host answer a booking from a mail, without signing in. */
export const hostToken = (bookingId: string) => makeToken(bookingId, "booking-host");

/** The booking's id when the token is its host's, else null. */
export const readHostToken = (token: string) => readToken(token, "booking-host");

function makeToken(bookingId: string, purpose: Purpose): string {
  const id = Buffer.from(bookingId.replaceAll("-", ""), "hex").toString("base64url");
  return `${id}${signature(bookingId, purpose)}`;
}

function readToken(token: string, purpose: Purpose): string | null {
  if (!/^[\w-]{54}$/.test(token)) return null;
  const hex = Buffer.from(token.slice(0, 22), "base64url").toString("hex");
  const bookingId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  // The whole text is compared: the 22nd character has four bits that belong to no byte of the id.
  return timingSafeEqual(Buffer.from(token), Buffer.from(makeToken(bookingId, purpose))) ? bookingId : null;
}

function signature(bookingId: string, purpose: Purpose): string {
  const mac = createHmac("sha256", env().AUTH_SECRET).update(`${purpose}:${bookingId}`).digest();
  return mac.subarray(0, 24).toString("base64url");
}
