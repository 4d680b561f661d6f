import { createSign, generateKeyPairSync } from "node:crypto";
import type { Google } from "../google";
import type { Reply } from "../http";
import type { Code } from "../state";

/** Made when it is first needed: that takes a moment, and few tests sign in. */
let keys: ReturnType<typeof makeKeys> | undefined;
const makeKeys = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const kid = "emulator";

/** It carries the real time, not the virtual one: the libraries that check it look at the real clock. */
export function idToken(google: Google, code: Code): string {
  const user = google.state.users.get(code.email);
  const issuedAt = Math.floor(Date.now() / 1000);
  const claims = {
    iss: google.baseUrl,
    azp: code.clientId,
    aud: code.clientId,
    sub: user?.sub,
    email: code.email,
    email_verified: true,
    name: user?.name,
    ...(code.nonce ? { nonce: code.nonce } : {}),
    iat: issuedAt,
    exp: issuedAt + 3600,
  };
  keys ??= makeKeys();
  const text = `${encode({ alg: "RS256", kid, typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(keys.privateKey, "base64url")}`;
}

export function certs(): Reply {
  keys ??= makeKeys();
  const key = keys.publicKey.export({ format: "jwk" });
  return { status: 200, body: { keys: [{ ...key, kid, alg: "RS256", use: "sig" }] } };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
