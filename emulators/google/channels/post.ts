import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

const patience = 10_000;

/** An empty POST with these headers in this spelling. The status, or null where nobody answered. */
export function post(url: URL, headers: Record<string, string>): Promise<number | null> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((done) => {
    const sent = request(url, { method: "POST", headers, timeout: patience, agent: false }, (response) => {
      response.resume();
      response.on("end", () => done(response.statusCode ?? null));
      response.on("error", () => done(null));
    });
    sent.on("timeout", () => sent.destroy());
    sent.on("error", () => done(null));
    sent.end();
  });
}
