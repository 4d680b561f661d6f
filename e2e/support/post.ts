import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Product } from "./product";

export type Answer = { status: number; body: unknown };

/** Posts JSON over a TCP connection of its own, so that requests sent together arrive together. */
export function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      headers: { "content-type": "application/json", ...headers },
    });
    outgoing.once("error", reject);
    outgoing.once("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString() || "null"),
        }),
      );
    });
    outgoing.end(JSON.stringify(body));
  });
}

/** A booking by a visitor with an address of their own, who saw the free times a minute ago. */
export function postBooking({ url, form }: Product, booking: object): Promise<Answer> {
  const address = [10, ...randomBytes(3)].join(".");
  return postJson(`${url}/api/v1/bookings`, { form: form(), ...booking }, { "x-forwarded-for": address });
}
