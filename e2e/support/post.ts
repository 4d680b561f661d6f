import { request } from "node:http";

export type Answer = { status: number; body: unknown };

/** Posts JSON over a TCP connection of its own, so that requests sent together arrive together. */
export function postJson(url: string, body: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      headers: { "content-type": "application/json" },
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
