import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { postBooking } from "./post";
import type { Product } from "./product";

/** Books the first free slot of the host that `setUp` makes, over the API. Returns the booking's token. */
export async function bookFirstSlot(product: Product): Promise<string> {
  const from = new Date(Date.now() + 86_400_000).toISOString();
  const to = new Date(Date.now() + 20 * 86_400_000).toISOString();
  const query = new URLSearchParams({ host: "hanna", event_type: "30-minutes", from, to });
  const { slots } = await (await fetch(`${product.url}/api/v1/slots?${query}`)).json();
  const answer = await postBooking(product, {
    host: "hanna",
    eventType: "30-minutes",
    start: slots[0].start,
    name: "Vera Visitor",
    email: "vera@example.test",
    timeZone: "Europe/Paris",
    idempotencyKey: randomUUID(),
  });
  expect(answer.status).toBe(201);
  return (answer.body as { booking: { token: string } }).booking.token;
}

export async function statusOf(product: Product, token: string): Promise<string> {
  const answer = await fetch(`${product.url}/api/v1/bookings/${token}`);
  return (await answer.json()).booking.status;
}
