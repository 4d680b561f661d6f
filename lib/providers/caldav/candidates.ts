import { promises as dns } from "node:dns";
import { AppError } from "@/lib/errors";
import { findUrl } from "@/lib/url";

/** What discovery asks the DNS; injected in tests. */
export type ServiceRecords = {
  srv(name: string): Promise<{ name: string; port: number; priority: number; weight: number }[]>;
  txt(name: string): Promise<string[][]>;
};

export const serviceRecords: ServiceRecords = {
  srv: (name) => dns.resolveSrv(name),
  txt: (name) => dns.resolveTxt(name),
};

/**
 * The addresses to try for what a person typed (RFC 6764 §6), best first.
 * @throws AppError invalid for what is no address at all
 */
export async function findCandidates(server: string, records: ServiceRecords): Promise<string[]> {
  const domain = /^[^\s/:@]+@([^\s/:@]+)$/.exec(server)?.[1];
  if (domain) {
    const found = await findServiceUrls(domain, records);
    return [...found, `https://${domain}/`].flatMap(withWellKnown);
  }
  const typed = /^[a-z][a-z0-9+.-]*:\/\//i.test(server) ? server : `https://${server}`;
  if (!findUrl(typed)) throw nothingAt(server);
  return [...withWellKnown(typed), ...nextcloudAt(typed)];
}

/** Not every Nextcloud has a well-known address: one below a path cannot, and some web servers lack the redirect. */
function nextcloudAt(address: string): string[] {
  const { origin, pathname } = new URL(address);
  const isThere = pathname.includes("/remote.php/");
  const folder = pathname.replace(/\/index\.php(\/.*)?$/, "").replace(/\/$/, "");
  return isThere ? [] : [`${origin}${folder}/remote.php/dav/`];
}

export function nothingAt(address: string): AppError {
  const host = findUrl(address)?.hostname ?? address;
  return new AppError("invalid", `No CalDAV server was found at ${host}.`, { field: "server" });
}

/** A path somebody named comes first; without one the well-known address knows better than "/". */
function withWellKnown(address: string): string[] {
  const wellKnown = new URL("/.well-known/caldav", address).href;
  const isRoot = new URL(address).pathname === "/";
  return isRoot ? [wellKnown, address] : [address, wellKnown, new URL("/", address).href];
}

/**
 * Where a mail domain keeps its calendars (RFC 6764 §4 and §5), best first; none when it does not say.
 * A single "." as target means "no such service" (RFC 2782).
 */
async function findServiceUrls(domain: string, records: ServiceRecords): Promise<string[]> {
  const name = `_caldavs._tcp.${domain}`;
  const [servers, texts] = await Promise.all([orNone(records.srv(name)), orNone(records.txt(name))]);
  const path = texts
    .flat()
    .find((text) => text.startsWith("path="))
    ?.slice("path=".length);
  return servers
    .filter((server) => server.name !== "" && server.name !== ".")
    .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    .map((server) => `https://${server.name}${server.port === 443 ? "" : `:${server.port}`}${path ?? "/"}`);
}

async function orNone<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch {
    return [];
  }
}
