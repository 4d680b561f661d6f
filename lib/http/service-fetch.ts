import { Agent } from "undici";
import { readBody, send } from "./exchange";

export type ServiceRequest = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  maxBytes: number;
  signal: AbortSignal;
};

export type ServiceAnswer = { status: number; headers: { get(name: string): string | null }; body: Buffer };

const agent = new Agent();

/**
 * One request to a service whose address the operator set, and its whole answer, whatever the status. Nothing is
 * repeated and no redirect followed: what an answer means is the service's own affair.
 * @throws AppError invalid (answer too large), unavailable (no answer, or one that broke off)
 */
export async function serviceFetch({ maxBytes, ...request }: ServiceRequest): Promise<ServiceAnswer> {
  const response = await send({ ...request, agent });
  const body = await readBody(response, request.url.hostname, maxBytes);
  return { status: response.status, headers: response.headers, body };
}
