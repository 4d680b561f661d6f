import { sessionTokenFor } from "@/lib/auth/token";

type User = Parameters<typeof sessionTokenFor>[0];

/**
 * What stands for `next/headers` in a test of a route: `vi.mock("next/headers", () => browser)`. Its cookies are those
 * of whoever signed in last.
 */
export function makeBrowser() {
  let token: string | undefined;
  return {
    cookies: async () => ({
      get: (name: string) =>
        token && name.endsWith("next-auth.session-token") ? { value: token } : undefined,
    }),
    headers: async () => new Headers(),
    signIn: async (user: User) => {
      token = await sessionTokenFor(user);
    },
    signOut: () => {
      token = undefined;
    },
  };
}
