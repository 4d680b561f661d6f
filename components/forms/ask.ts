import { unstable_rethrow } from "next/navigation";

type Refusal = { ok: false; code: "unavailable"; message: string; field?: never };

const kept = "Nothing you typed is lost; check the connection and try again.";

/** The answer of the server; that there is none is a refusal, too, which ends with `unanswered`. */
export async function ask<T>(question: () => Promise<T>, unanswered = kept): Promise<T | Refusal> {
  try {
    return await question();
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, code: "unavailable", message: `The server did not answer. ${unanswered}` };
  }
}
