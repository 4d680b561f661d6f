import { promises as dns } from "node:dns";

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
 * Where a mail domain keeps its calendars (RFC 6764 §4 and §5), best first; none when it does not say.
 * A single "." as target means "no such service" (RFC 2782).
 */
export async function findServiceUrls(domain: string, records: ServiceRecords): Promise<string[]> {
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
