import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, type Handler, type Quirks, radicale } from "./hostile-caldav-quirks";
import { collectionXml, errorXml, multistatusXml, objectXml, statusXml } from "./hostile-caldav-xml";

type StoredObject = { etag: string; text: string };
type Calendar = { objects: Map<string, StoredObject>; log: string[]; isGone: boolean };
type Asked = { method: string; path: string; headers: IncomingMessage["headers"]; body: string };

const home = "/dav/ada/";

/** A CalDAV server on loopback that behaves as badly as told: `quirks` for its nature, `answer` for its accidents. */
export class HostileCaldav {
  quirks: Quirks = radicale;
  readonly user = "ada";
  readonly password = "correct horse";
  /** Every request, in order. */
  readonly asked: Asked[] = [];
  readonly calendars = new Map<string, Calendar>();
  #generation = 1;
  #accidents: { matches: (asked: Asked) => boolean; handler: Handler; times: number }[] = [];
  #server = createServer((request, response) => void this.#receive(request, response));
  #etags = 0;

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  start(): Promise<void> {
    return new Promise((done) => this.#server.listen(0, "127.0.0.1", done));
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }

  /** Back to an empty, well-behaved server. */
  reset(): void {
    this.quirks = radicale;
    this.asked.length = 0;
    this.#accidents = [];
    this.calendars.clear();
  }

  addCalendar(name = "work"): string {
    this.calendars.set(`${home}${name}/`, { objects: new Map(), log: [], isGone: false });
    return `${this.url}${home.slice(1)}${name}/`;
  }

  /** Another app saves an object; `file` is the decoded file name. */
  save(calendarUrl: string, file: string, text: string): void {
    const calendar = this.calendar(calendarUrl);
    this.#etags += 1;
    calendar.objects.set(file, { etag: `"v${this.#etags}"`, text });
    calendar.log.push(file);
  }

  remove(calendarUrl: string, file: string): void {
    const calendar = this.calendar(calendarUrl);
    if (calendar.objects.delete(file)) calendar.log.push(file);
  }

  calendar(calendarUrl: string): Calendar {
    const calendar = this.calendars.get(new URL(calendarUrl).pathname);
    if (!calendar) throw new Error(`There is no calendar ${calendarUrl}.`);
    return calendar;
  }

  forgetTokens(): void {
    this.#generation += 1;
  }

  /** The next requests that match are answered by `handler` instead, until the returned function is called. */
  answer(matching: string | RegExp, handler: Handler, times = Number.POSITIVE_INFINITY): () => void {
    const matches = ({ method, path, body }: Asked) =>
      new RegExp(matching).test(`${method} ${path}\n${body}`);
    const accident = { matches, handler, times };
    this.#accidents.push(accident);
    return () => {
      accident.times = 0;
    };
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const asked = { method, path, headers, body: Buffer.concat(chunks).toString() };
    this.asked.push(asked);
    const accident = this.#accidents.find((each) => each.times > 0 && each.matches(asked));
    if (accident) {
      accident.times -= 1;
      accident.handler(request, response);
    } else this.#serve(asked, response);
  }

  #serve(asked: Asked, response: ServerResponse): void {
    const send = (status: number, body = "", headers: Record<string, string> = {}) =>
      response.writeHead(status, { "content-type": "application/xml; charset=utf-8", ...headers }).end(body);
    const expected = `Basic ${Buffer.from(`${this.user}:${this.password}`).toString("base64")}`;
    if (asked.headers.authorization !== expected) return void send(401, "", { "www-authenticate": "Basic" });
    const [, folder = "", file = ""] = /^(.*\/)([^/]*)$/.exec(asked.path) ?? [];
    const calendar = this.calendars.get(folder);
    if (calendar?.isGone) return void send(...this.quirks.goneCalendar(asked.method, asked.path));
    if (!calendar) return void send(...this.#discovery(asked));
    if (file) return void send(...this.#object(asked, calendar, decodeURIComponent(file)));
    send(...this.#collection(asked, calendar));
  }

  #discovery({ method, path, headers }: Asked): Answer {
    if (method !== "PROPFIND") return [405];
    if (path === "/.well-known/caldav") return [301, "", { location: "/" }];
    if (path === "/") return [207, multistatusXml([collectionXml(path, { principal: home })])];
    if (path !== home) return [404];
    const children = headers.depth === "1" ? [...this.calendars.keys()] : [];
    const calendars = children.map((each) =>
      collectionXml(each, { calendar: this.quirks.calendarProperties }),
    );
    return [207, multistatusXml([collectionXml(home, { home }), ...calendars])];
  }

  #collection(asked: Asked, calendar: Calendar): Answer {
    const { method, path, headers, body } = asked;
    const { quirks } = this;
    if (method === "PROPFIND") {
      const state = { ctag: quirks.hasCtag ? this.#tokenOf(calendar) : null, sync: quirks.hasSync };
      const self = collectionXml(path, { calendar: quirks.calendarProperties, ...state });
      const members = headers.depth === "1" ? [...calendar.objects.keys()] : [];
      return [207, multistatusXml([self, ...members.map((file) => this.#row(path, calendar, file, false))])];
    }
    if (method !== "REPORT") return [405];
    if (body.includes("calendar-multiget")) return this.#multiget(asked, calendar);
    return quirks.hasSync ? this.#sync(asked, calendar) : [403, errorXml("supported-report")];
  }

  #multiget({ path, body }: Asked, calendar: Calendar): Answer {
    const hrefs = [...body.matchAll(/<href>([^<]*)<\/href>/g)].map(([, href]) => href ?? "");
    const files = hrefs.map((href) => decodeURIComponent(href.slice(path.length).replaceAll("&amp;", "&")));
    if (this.quirks.failsForOne && files.some((file) => !calendar.objects.has(file))) return [404];
    const found = files.filter((file) => calendar.objects.has(file) || !this.quirks.leavesOutMissing);
    return [207, multistatusXml(found.map((file) => this.#row(path, calendar, file, true)))];
  }

  /** Tokens are `generation:position:end`: where the client is, and for pages where it is going. */
  #sync({ path, body }: Asked, calendar: Calendar): Answer {
    const token = /<sync-token>([^<]*)<\/sync-token>/.exec(body)?.[1] ?? "";
    const [generation, position] = token.replace("token-", "").split("-").map(Number);
    const isKnown = generation === this.#generation;
    if (token && !isKnown && this.quirks.unknownToken !== "everything") {
      return this.quirks.unknownToken === "precondition" ? [403, errorXml("valid-sync-token")] : [500];
    }
    const start = token && isKnown ? (position ?? 0) : 0;
    const end = Math.min(calendar.log.length, start + this.quirks.pageSize);
    const files = [...new Set(calendar.log.slice(start, end))];
    const named = token && isKnown ? files : files.filter((file) => calendar.objects.has(file));
    const rows = named.map((file) => this.#row(path, calendar, file, false));
    if (end < calendar.log.length) rows.push(statusXml(path, 507));
    return [207, multistatusXml(rows, `token-${this.#generation}-${end}`)];
  }

  #row(path: string, calendar: Calendar, file: string, withData: boolean): string {
    const href = path + this.quirks.spell(file);
    const object = calendar.objects.get(file);
    if (!object) return statusXml(href, 404);
    const data = withData ? this.quirks.data(object.text) : null;
    return objectXml(href, this.quirks.etag(object.etag), data);
  }

  #object({ method, headers, body, path }: Asked, calendar: Calendar, file: string): Answer {
    const current = calendar.objects.get(file);
    const refused =
      (headers["if-match"] !== undefined && headers["if-match"] !== current?.etag) ||
      (headers["if-none-match"] === "*" && current !== undefined);
    if (method === "GET") {
      if (!current) return [404];
      return [200, current.text, { "content-type": "text/calendar", etag: this.quirks.etag(current.etag) }];
    }
    if (refused) return [412];
    if (method === "DELETE") {
      if (!current) return [404];
      this.remove(this.url.slice(0, -1) + path.replace(/[^/]*$/, ""), file);
      return [204];
    }
    if (method !== "PUT") return [405];
    const contentType = headers["content-type"] ?? "";
    const refusal = this.quirks.refuse({ body, path, contentType, others: this.#othersThan(path) });
    if (refusal) return refusal;
    this.save(this.url.slice(0, -1) + path.replace(/[^/]*$/, ""), file, this.quirks.rewrite(body));
    const etag = calendar.objects.get(file)?.etag ?? "";
    return [current ? 204 : 201, "", this.quirks.etagOnPut ? { etag: this.quirks.etag(etag) } : {}];
  }

  #othersThan(path: string): { href: string; text: string }[] {
    const all = [...this.calendars].flatMap(([folder, { objects }]) =>
      [...objects].map(([file, { text }]) => ({ href: folder + encodeURIComponent(file), text })),
    );
    return all.filter(({ href }) => decodeURIComponent(href) !== decodeURIComponent(path));
  }

  #tokenOf(calendar: Calendar): string {
    return `ctag-${calendar.log.length}`;
  }
}

export async function startHostileCaldav(): Promise<HostileCaldav> {
  const server = new HostileCaldav();
  await server.start();
  return server;
}
