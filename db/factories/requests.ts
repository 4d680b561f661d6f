import type { z } from "zod";

export type Answer = { status: number; body: Record<string, unknown> };

/** What a program sends to a route of the API. */
export const requestOf = (method: string, { query = "", body }: { query?: string; body?: unknown } = {}) =>
  new Request(`http://calends.test/${query}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });

/** The context Next gives a route with those parts in its address. */
export const at = <Params extends Record<string, string>>(params: Params) => ({
  params: Promise.resolve(params),
});

/** What it answers, which is to be as documented and not a word more: each is one of `schemas`. */
export async function answerOf(response: Response, schemas: z.ZodType): Promise<Answer> {
  if (response.headers.get("cache-control") !== "no-store") throw new Error("An answer may be stored.");
  if (response.status === 204) return { status: 204, body: {} };
  const body = await response.json();
  schemas.parse(body);
  return { status: response.status, body };
}
