import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { clientAddress } from "@/lib/rate-limit/client-address";
import { hasSecureCookies } from "./options";
import { findSessionUser, type SessionUser, sessionSeconds, sessionTokenFor } from "./token";
import { type Viewer, viewerOf } from "./viewer";

/** Who is signed in; null when nobody is. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  const token = (await cookies()).get(cookieName())?.value;
  const user = token ? await findSessionUser(token) : null;
  return user && viewerOf(user);
});

/** Who is signed in, for actions and routes. @throws AppError signed_out */
export async function getViewer(): Promise<Viewer> {
  const viewer = await findViewer();
  if (!viewer) throw new AppError("signed_out", "You are signed out. Sign in again; nothing was changed.");
  return viewer;
}

/** Who is signed in, for the page at `path`: whoever is not goes through the sign-in page and comes back. */
export async function viewerAt(path: string): Promise<Viewer> {
  return (await findViewer()) ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** Signs the browser in, in the form next-auth reads. Only where cookies can be set: actions and routes. */
export async function startSession(user: SessionUser): Promise<void> {
  const token = await sessionTokenFor(user);
  (await cookies()).set(cookieName(), token, { ...cookieOptions(), maxAge: sessionSeconds });
}

export async function endSession(): Promise<void> {
  (await cookies()).set(cookieName(), "", { ...cookieOptions(), maxAge: 0 });
}

/** Where the request at hand came from. */
export async function requestAddress(): Promise<string> {
  return clientAddress(await headers(), env().TRUSTED_PROXIES);
}

// As next-auth names and protects it.
const cookieName = () => `${hasSecureCookies() ? "__Secure-" : ""}next-auth.session-token`;
const cookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: hasSecureCookies() }) as const;
