import { z } from "zod";

/** `calends-deliver-booking` as "Deliver booking". */
export function functionTitle(functionId: string): string {
  const [, name = functionId, handler] = /^calends-(.+?)(-failure)?$/.exec(functionId) ?? [];
  const words = name.replaceAll("-", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${handler ? ", after a failure" : ""}`;
}

export type Failure = { name: string; message: string; stack: string | null };

const wireError = z.looseObject({
  name: z.string().default("Error"),
  message: z.string().default("It failed without saying why."),
  stack: z.string().optional(),
});

/** An error as the engine keeps it, JSON in a text column; null when there is none. */
export function readFailure(json: string | null): Failure | null {
  if (json === null) return null;
  const error = wireError.safeParse(parse(json));
  if (!error.success) return { name: "Error", message: json.slice(0, 500), stack: null };
  const { name, message, stack } = error.data;
  return { name, message, stack: stack ?? null };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
