import type { Sent } from "./mutate-octets";

/** A text as a server sends it that has everything right. */
export function sentAs(text: string): Sent {
  return { body: new TextEncoder().encode(text), contentType: "text/calendar; charset=utf-8" };
}
