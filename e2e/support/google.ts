import type { Page } from "@playwright/test";
import { startGoogle } from "@/emulators/google/server";
import type { Product } from "./product";

const client = { id: "calends.apps.googleusercontent.com", secret: "the client's secret" };

/** The emulated Google, and the settings that make a product use it. Its clock is the real one. */
export async function playGoogle() {
  const { url, admin, stop } = await startGoogle({ runs: true });
  admin.settings({ allowsHttpCallbacks: true });
  const from = new Date(Date.now() - 86_400_000).toISOString();
  const to = new Date(Date.now() + 60 * 86_400_000).toISOString();
  return {
    admin,
    stop,
    env: {
      GOOGLE_CLIENT_ID: client.id,
      GOOGLE_CLIENT_SECRET: client.secret,
      GOOGLE_ISSUER: url,
      GOOGLE_API_BASE_URL: url,
    },
    /** What the administrator does in the Google Cloud console. */
    register: (product: Product) =>
      admin.addClient({ ...client, redirectUris: [`${product.url}/api/connect/google/callback`] }),
    /** What stands in an account's own calendar with these words in its title. */
    eventsOf: (email: string, words: string) =>
      admin
        .eventsIn({ calendarId: email, timeMin: from, timeMax: to })
        .filter(({ summary }) => summary?.includes(words)),
    /** Where messages about an account's calendars go at present. */
    channelsOf: (email: string) =>
      admin.channels().filter((channel) => channel.isLive && channel.email === email),
  };
}

export type PlayedGoogle = Awaited<ReturnType<typeof playGoogle>>;

/** From the list of connections to Google's page, where the person is asked. */
export async function goToConsent(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/connections/new`);
  await page.getByRole("link", { name: "Continue with Google" }).click();
}

/** What the person does there. */
export async function consent(page: Page, email: string): Promise<void> {
  await page.getByLabel("Account").selectOption(email);
  await page.getByRole("button", { name: "Continue" }).click();
}
