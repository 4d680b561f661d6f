import { startGoogle } from "./server";
import { documentedQuota } from "./settings";

const clientId = "calends-demo.apps.googleusercontent.com";
const clientSecret = "emulated-secret";

/** For people: the clock runs, there is an account to sign in with, and its calendars hold something. */
export async function startDemoGoogle(port: number): Promise<string[]> {
  const { url, admin } = await startGoogle({ port, runs: true });
  admin.settings({ allowsHttpCallbacks: true, quota: documentedQuota });
  const redirectUris = ["http://localhost:3000", "http://127.0.0.1:3000"].flatMap((origin) => [
    `${origin}/api/connect/google/callback`,
    `${origin}/api/auth/callback/google`,
  ]);
  admin.addClient({ id: clientId, secret: clientSecret, redirectUris });
  admin.addUser({ email: "ada@example.com", name: "Ada", timeZone: "Europe/Berlin" });
  admin.addUser({ email: "grace@example.com", name: "Grace", timeZone: "America/New_York" });
  const team = admin.addCalendar({ owner: "ada@example.com", summary: "Team", timeZone: "Europe/Berlin" });
  admin.share({ calendarId: team.id, email: "grace@example.com", role: "reader" });
  admin.share({ calendarId: "grace@example.com", email: "ada@example.com", role: "freeBusyReader" });
  admin.addCalendar({
    id: "en.german#holiday@group.v.calendar.google.com",
    owner: "ada@example.com",
    summary: "Holidays in Germany",
  });
  const [today = ""] = admin.now().split("T");
  const at = (time: string) => ({ dateTime: `${today}T${time}:00`, timeZone: "Europe/Berlin" });
  const recurrence = ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"];
  const event = { summary: "Stand-up", start: at("09:30"), end: at("09:45"), recurrence };
  admin.createEvent({ calendarId: "ada@example.com", event });
  return [
    `Google is played at ${url}, for ada@example.com and grace@example.com. Calends uses it with these settings:`,
    "",
    `GOOGLE_ISSUER=${url}`,
    `GOOGLE_API_BASE_URL=${url}`,
    `GOOGLE_CLIENT_ID=${clientId}`,
    `GOOGLE_CLIENT_SECRET=${clientSecret}`,
    "",
    `It sends people back to ${redirectUris.join(", ")}.`,
    `${url}/_admin lists what can be done as the user; see emulators/google/README.md.`,
  ];
}
