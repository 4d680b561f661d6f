import { unstable_rethrow } from "next/navigation";

type Refusal = { ok: false; code: "unavailable"; message: string; field?: never };

/** The answer of the server; that there is none is a refusal, too. */
export async function ask<T>(question: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await question();
  } catch (error) {
    unstable_rethrow(error);
    const message =
      "The server did not answer. Nothing you typed is lost; check the connection and try again.";
    return { ok: false, code: "unavailable", message };
  }
}
