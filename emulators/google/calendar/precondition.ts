import { conditionNotMet } from "../errors";
import type { Call, Reply } from "../http";
import type { GoogleEvent } from "../state";

/** @throws Refusal 412 when the event is no longer the one the caller knows */
export function checkIfMatch(call: Call, event: GoogleEvent): void {
  const wanted = call.headers["if-match"];
  if (wanted !== undefined && !names(wanted, event.etag)) throw conditionNotMet();
}

/** The empty answer for who has it already. */
export function notModified(call: Call, event: GoogleEvent): Reply | null {
  const known = call.headers["if-none-match"];
  if (known === undefined || !names(known, event.etag)) return null;
  return { status: 304, headers: { etag: event.etag } };
}

function names(header: string, etag: string): boolean {
  return header.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === etag);
}
