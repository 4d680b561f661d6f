import type { Transaction } from "@/db/client";
import { asUser } from "@/db/client";
import { sqlState, sqlStateOf } from "@/db/errors";
import { AppError } from "@/lib/errors";

declare const signedIn: unique symbol;

/** Someone who signed in. Only a sign-in makes one (`viewerOf`), so taking a Viewer proves there was one. */
export type Viewer = { readonly userId: string; readonly role: "admin" | "host"; readonly [signedIn]: true };

/** For sign-ins only (session, app password); tests make theirs in db/factories. */
export function viewerOf(user: { id: string; role: "admin" | "host" }): Viewer {
  return { userId: user.id, role: user.role } as Viewer;
}

/**
 * Runs `work` in one transaction with the viewer's own rights in the database (DESIGN 7, 15).
 * @throws AppError not_found for an id that is none, besides what `work` throws
 */
export async function asViewer<T>(viewer: Viewer, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await asUser(viewer.userId, work);
  } catch (error) {
    // Ids in addresses and forms come from outside; one that is not even a UUID is simply not there.
    const state = sqlStateOf(error);
    if (state !== sqlState.invalidText && state !== sqlState.notInRepertoire) throw error;
    throw new AppError("not_found", "This does not exist.", { cause: error });
  }
}
