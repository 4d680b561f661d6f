import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { clientAddress } from "@/lib/rate-limit/client-address";
import { verifySignIn } from "./sign-in";
import { claimsOf, findSessionUser, type SessionUser, sessionSeconds } from "./token";

/** next-auth for /api/auth; the sign-in form makes the same session without the detour (session.ts). */
export function authOptions(): AuthOptions {
  const { APP_URL, AUTH_SECRET, TRUSTED_PROXIES } = env();
  // The only way to tell next-auth its own address.
  process.env.NEXTAUTH_URL = APP_URL;
  return {
    secret: AUTH_SECRET,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    useSecureCookies: hasSecureCookies(),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (input, { headers }) =>
          verifySignIn(input, clientAddress(new Headers(headers), TRUSTED_PROXIES)),
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => (user ? claimsOf(user as SessionUser) : token),
    },
    jwt: {
      decode: async ({ token }) => {
        const user = token ? await findSessionUser(token) : null;
        return user && claimsOf(user);
      },
    },
  };
}

export function hasSecureCookies(): boolean {
  return env().APP_URL.startsWith("https:");
}
