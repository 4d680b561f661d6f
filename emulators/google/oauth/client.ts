import { timingSafeEqual } from "node:crypto";
import type { Google } from "../google";
import { type Call, Refusal } from "../http";
import type { Client } from "../state";

export function oauthError(status: number, error: string, description: string, more: object = {}): Refusal {
  return new Refusal({ status, body: { error, error_description: description, ...more } });
}

/** The client that proves itself, by `client_secret_basic` or `client_secret_post`. */
export function authenticateClient(google: Google, call: Call, form: URLSearchParams): Client {
  const { id, secret } = readCredentials(call, form);
  if (!id) throw oauthError(400, "invalid_request", "Could not determine client ID from request.");
  const client = google.state.clients.get(id);
  if (!client) throw oauthError(401, "invalid_client", "The OAuth client was not found.");
  if (!secret) throw oauthError(400, "invalid_request", "client_secret is missing.");
  if (!isSame(secret, client.secret)) {
    throw oauthError(401, "invalid_client", "The provided client secret is invalid.");
  }
  return client;
}

function readCredentials(call: Call, form: URLSearchParams): { id: string | null; secret: string | null } {
  const header = call.headers.authorization;
  if (!header?.startsWith("Basic ")) return { id: form.get("client_id"), secret: form.get("client_secret") };
  const [id = "", secret = ""] = Buffer.from(header.slice(6), "base64").toString("utf8").split(":");
  return { id: decodeForm(id), secret: decodeForm(secret) };
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function decodeForm(text: string): string {
  return new URLSearchParams(`v=${text}`).get("v") ?? "";
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
