import { AppError, type ErrorCode } from "./errors";

/** What a form gets back. `field` names the input to blame, when there is one. */
export type ActionResult<T = undefined> =
  | { ok: true; data: T }
  | { ok: false; code: ErrorCode; message: string; field?: string };

/** The edge between forms and verbs: expected failures become a result, everything else rises. */
export async function action<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await work() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, field } = error;
    return { ok: false, code, message, ...(field ? { field } : {}) };
  }
}
