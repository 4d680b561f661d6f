import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { emptyFeed } from "./feed-text";

export type FeedHandler = (request: IncomingMessage, response: ServerResponse, feed: HostileFeed) => void;
type Validators = { etag?: string; lastModified?: string };

/** One feed of the server: `text` as calendar apps get it, and `behave` for its accidents. */
export type HostileFeed = {
  readonly url: string;
  text: string | Buffer;
  contentType: string;
  /** What a conditional request may name; nothing: every answer is whole. */
  validators: Validators;
  /** The headers of every request for it, in order. */
  readonly asked: IncomingHttpHeaders[];
  /** Answers like this from now on; like a good server again where it is left out. */
  behave(handler?: FeedHandler): void;
};

/** A web server on loopback with feeds that behave as badly as told. */
export class HostileFeeds {
  readonly #feeds = new Map<string, HostileFeed & { handler: FeedHandler }>();
  readonly #server = createServer((request, response) => this.#answer(request, response));

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

  /** A feed of its own, so that no test sees the accidents of another. */
  add(text: string | Buffer = emptyFeed, validators: Validators = {}): HostileFeed {
    const path = `/${this.#feeds.size + 1}/private-token/feed.ics`;
    const feed = {
      url: this.url + path.slice(1),
      text,
      contentType: "text/calendar; charset=utf-8",
      validators,
      asked: [],
      handler: serveWell,
      behave(handler: FeedHandler = serveWell) {
        feed.handler = handler;
      },
    };
    this.#feeds.set(path, feed);
    return feed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const feed = this.#feeds.get(request.url ?? "");
    if (!feed) return void response.writeHead(404).end("Not found");
    feed.asked.push(request.headers);
    feed.handler(request, response, feed);
  }
}

export async function startHostileFeeds(): Promise<HostileFeeds> {
  const server = new HostileFeeds();
  await server.start();
  return server;
}

const serveWell: FeedHandler = ({ headers }, response, { text, contentType, validators }) => {
  const { etag, lastModified } = validators;
  if (etag) response.setHeader("etag", etag);
  if (lastModified) response.setHeader("last-modified", lastModified);
  // If-None-Match goes before If-Modified-Since (RFC 9110 §13.2.2).
  const isKnown = etag
    ? headers["if-none-match"] === etag
    : lastModified !== undefined && headers["if-modified-since"] === lastModified;
  if (isKnown) response.writeHead(304).end();
  else response.writeHead(200, { "content-type": contentType }).end(text);
};
