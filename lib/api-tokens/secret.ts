import { createHash, randomBytes } from "node:crypto";

const form = /^calends_[\w-]{43}$/;

/** The beginning says whose it is, to people and to what searches files for secrets. */
export const makeSecret = () => `calends_${randomBytes(32).toString("base64url")}`;

export const isSecret = (text: string) => form.test(text);

export const hashOf = (secret: string) => createHash("sha256").update(secret).digest("base64url");
