import { AppError } from "@/lib/errors";
import { findUrl } from "@/lib/url";

const longest = 2000;

/**
 * The address of a feed as it is asked for and kept, however somebody typed it: `webcal:` is https, and so is no scheme
 * at all. Whether it may be asked is for the request to say, which knows where the name leads.
 * @throws AppError invalid, naming the field
 */
export function normalizeFeedUrl(text: string): string {
  const url = findUrl(withScheme(text.trim()));
  if (!url?.hostname) throw refused("This is not the address of a calendar.");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw refused("The address of a calendar starts with https:// or webcal://.");
  }
  if (isPageOfGoogle(url)) {
    const where = "under Settings, “Integrate calendar”, as its “Secret address in iCal format”";
    throw refused(`This is the page of a Google calendar, not its feed. Google shows that address ${where}.`);
  }
  url.hash = ""; // Never sent, so it tells no feed from another.
  if (url.href.length > longest) throw refused(`The address is longer than ${longest} characters.`);
  return url.href;
}

function withScheme(typed: string): string {
  if (/^webcals?:\/\//i.test(typed)) return typed.replace(/^webcals?:/i, "https:");
  return /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
}

/** What people copy from the address bar; its feeds are below /calendar/ical/. */
const isPageOfGoogle = ({ hostname, pathname }: URL): boolean =>
  hostname === "calendar.google.com" && !pathname.startsWith("/calendar/ical/");

const refused = (sentence: string) => new AppError("invalid", sentence, { field: "url" });
