import type { Dav, DavRequest } from "./dav";
import { readMultistatus } from "./multistatus";

type Answered = { status: number; body?: string; etag?: string };

/** A server that is known by its name; no test can stand at that address. */
export function davThat(answer: (request: DavRequest) => Answered): Dav & { asked: DavRequest[] } {
  const asked: DavRequest[] = [];
  const request = async (one: DavRequest) => {
    asked.push(one);
    const { status, body = "", etag } = answer(one);
    const headers = new Headers(etag === undefined ? {} : { etag });
    const { url } = one;
    return { status, url, permanentUrl: null, headers, body: Buffer.from(body), sentCredentials: true };
  };
  const multistatus = async (one: DavRequest) => {
    const response = await request(one);
    return { ...(await readMultistatus(response.body.toString(), one.url)), url: response.url };
  };
  return { asked, request, multistatus };
}
