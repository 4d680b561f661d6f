import { AppError } from "@/lib/errors";
import { mayKnowSecret } from "@/lib/http/addresses";
import type { ProviderOptions } from "@/lib/providers/options";
import type { CaldavCredentials, RemoteCalendar } from "@/lib/providers/provider";
import { findUrl } from "@/lib/url";
import { canonicalUrl, linkedUrl } from "./address";
import { listCalendarsIn } from "./calendars";
import { findCandidates, nothingAt, type ServiceRecords, serviceRecords } from "./candidates";
import { type Dav, openDav } from "./dav";
import { childOf, textOf } from "./multistatus";
import { propfind } from "./requests";

/** What a person types; `server` is a URL, a host name or an e-mail address. */
export type TypedAccount = { server: string; username: string; password: string };

export type RemoteAccount = {
  /** With the server's address in the one form it is stored in. */
  credentials: CaldavCredentials;
  principalUrl: string;
  homeUrl: string;
  calendars: RemoteCalendar[];
};

/**
 * Finds an account and its calendars (RFC 6764 §6).
 * @throws AppError reconnect (wrong password), invalid (field "server": nothing there) or unavailable
 */
export async function discoverCaldav(
  { server, username, password }: TypedAccount,
  options: ProviderOptions,
  records: ServiceRecords = serviceRecords,
): Promise<RemoteAccount> {
  const credentials = { serverUrl: server, username, password };
  const dav = openDav(credentials, { timeoutMs: 10_000, ...options });
  const { serverUrl, principalUrl } = await findPrincipal(dav, await findCandidates(server.trim(), records));
  const homeUrl = await getHome(dav, principalUrl);
  const calendars = await listCalendarsIn(dav, homeUrl);
  return { credentials: { serverUrl, username, password }, principalUrl, homeUrl, calendars };
}

/** The home set is asked for each time: iCloud moves accounts between pNN-caldav hosts. */
export async function getHomeOf(dav: Dav, serverUrl: string): Promise<string> {
  const { principalUrl } = await findPrincipal(dav, [serverUrl]);
  return getHome(dav, principalUrl);
}

type Principal = { serverUrl: string; principalUrl: string };

async function findPrincipal(dav: Dav, candidates: string[]): Promise<Principal> {
  let failure = nothingAt(candidates[0] ?? "");
  for (const candidate of candidates) {
    try {
      const principal = await askForPrincipal(dav, candidate);
      if (principal) return principal;
    } catch (error) {
      if (!(error instanceof AppError) || isFinal(error)) throw error;
      // The first address was typed or named by the DNS; what went wrong there says more than the guesses.
      if (error.code === "unavailable" && failure.code !== "unavailable") failure = error;
    }
  }
  throw failure;
}

function isFinal({ code, field }: AppError): boolean {
  return code === "reconnect" || code === "rate_limited" || field !== undefined;
}

async function askForPrincipal(dav: Dav, url: string): Promise<Principal | null> {
  const answer = await dav.multistatus({ ...propfind(url, "0", ["current-user-principal"]), retries: 0 });
  for (const { props } of answer.rows) {
    const href = textOf(childOf(props.currentUserPrincipal, "href"));
    if (href && findUrl(href, answer.url))
      return { serverUrl: storedUrl(url, answer.url), principalUrl: trustedLink(answer.url, href) };
  }
  return null;
}

/** A redirect to another host (a partition, a region) may lead elsewhere tomorrow; one on the same host is a path to keep. */
function storedUrl(asked: string, answered: string): string {
  return canonicalUrl(new URL(asked).host === new URL(answered).host ? answered : asked);
}

/**
 * Where an answer says the account is; the password goes there only as it would after a redirect.
 * @throws AppError invalid, naming the host, so that a person can decide
 */
function trustedLink(base: string, href: string): string {
  const link = linkedUrl(base, href);
  if (mayKnowSecret(new URL(base), new URL(link))) return link;
  const [from, to] = [new URL(base).host, new URL(link).host];
  const sentence = `${from} keeps this account at ${to}. Enter ${to} as the server if it may see the password.`;
  throw new AppError("invalid", sentence, { field: "server" });
}

async function getHome(dav: Dav, principalUrl: string): Promise<string> {
  const { rows, url } = await dav.multistatus(propfind(principalUrl, "0", ["c:calendar-home-set"]));
  for (const { props } of rows) {
    const home = props.calendarHomeSet;
    const hrefs = childOf(home, "href");
    const href = textOf(Array.isArray(hrefs) ? hrefs[0] : hrefs);
    if (href && findUrl(href, url)) return trustedLink(url, href);
  }
  // iCloud forgets it under load; asked again it knows.
  throw new AppError(
    "unavailable",
    `${new URL(url).hostname} does not say where this account keeps its calendars.`,
  );
}
