import type { GoogleServer } from "@/emulators/google/server";
import type { Consent } from "@/emulators/google/settings";
import type { Viewer } from "@/lib/auth/viewer";
import { findAttempt } from "@/lib/connections/google/attempt";
import { finishGoogle } from "@/lib/connections/google/finish";
import { startGoogle } from "@/lib/connections/google/start";

type Walk = { consent: Consent; reconnectId?: string };

/** Goes to Google's consent page and back, as a browser does: what it kept, and what Google added to our address. */
export async function walkToGoogle(google: GoogleServer, viewer: Viewer, { consent, reconnectId }: Walk) {
  google.admin.settings({ consent });
  const { url, cookie } = await startGoogle(viewer, reconnectId ?? null);
  const page = await fetch(url, { redirect: "manual" });
  const location = page.headers.get("location");
  if (!location) throw new Error(`Google answered ${page.status}: ${await page.text()}`);
  return { cookie, url: new URL(url), answer: new URL(location).searchParams };
}

/** The whole walk. */
export async function connectGoogle(google: GoogleServer, viewer: Viewer, walk: Walk): Promise<string> {
  const { cookie, answer } = await walkToGoogle(google, viewer, walk);
  const now = new Date();
  const { connectionId } = await finishGoogle(viewer, { attempt: findAttempt(cookie, now), answer }, now);
  return connectionId;
}
