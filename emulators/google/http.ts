import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

export type Call = {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  /** The body as it came. */
  text: string;
  /** What `:name` in the route's path stood for, decoded. */
  params: Record<string, string>;
};

export type Reply = {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  html?: string;
  /** Happens once the answer has left. */
  afterwards?: () => void;
};

/** A failure that has its answer with it. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super(`answered ${reply.status}`);
  }
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

export function bodyOf(reply: Reply): { type: string; text: string } {
  if (reply.html !== undefined) return { type: "text/html; charset=utf-8", text: reply.html };
  if (reply.body === undefined) return { type: "text/html; charset=UTF-8", text: "" };
  return { type: "application/json; charset=UTF-8", text: JSON.stringify(reply.body) };
}

/** The values of `:name` in `pattern`, or null where the path is another. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decode(value);
    else if (part !== value) return null;
  }
  return params;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
