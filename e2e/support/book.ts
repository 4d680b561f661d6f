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
  const start = slots[0].start;
  const visitor = { name: "Vera Visitor", email: "vera@example.test", timeZone: "Europe/Paris" };
  return (await bookTime(product, { eventType: "30-minutes", start, ...visitor })).token;
}

type Wish = { eventType: string; start: string; name: string; email: string; timeZone: string };

/** Books that time of the host that `setUp` makes, over the API. */
export async function bookTime(product: Product, wish: Wish): Promise<{ token: string }> {
  const answer = await postBooking(product, {
    host: "hanna",
    idempotencyKey: randomUUID(),
    ...wish,
  });
  expect(answer.status).toBe(201);
  return (answer.body as { booking: { token: string } }).booking;
}

export async function statusOf(product: Product, token: string): Promise<string> {
  const answer = await fetch(`${product.url}/api/v1/bookings/${token}`);
  return (await answer.json()).booking.status;
}
