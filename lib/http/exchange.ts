import { type Agent, fetch, type Response } from "undici";
import { AnswerTooLarge, transportFailure } from "./failures";

export type Outgoing = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  signal: AbortSignal;
  agent: Agent;
};

/** Sends one request and reads the head of the answer; a redirect is an answer. @throws AppError unavailable */
export async function send({ url, agent, ...request }: Outgoing): Promise<Response> {
  try {
    return await fetch(url, { ...request, dispatcher: agent, redirect: "manual" });
  } catch (error) {
    throw transportFailure(error, url.hostname);
  }
}

/**
 * Counts decompressed bytes as they come; leaving the loop cancels the rest.
 * @throws AppError invalid (too large), unavailable (broken off)
 */
export async function readBody(response: Response, host: string, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new AnswerTooLarge(host, maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw transportFailure(error, host);
  }
  return Buffer.concat(chunks);
}
