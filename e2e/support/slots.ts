import { Temporal } from "temporal-polyfill";
import type { Product } from "./product";

/** Starts of the free slots in [from, to), as the public API tells them. */
export async function freeSlots(
  product: Product,
  eventType: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<string[]> {
  const query = new URLSearchParams({
    host: "hanna",
    event_type: eventType,
    from: from.toString(),
    to: to.toString(),
  });
  const answer = await fetch(`${product.url}/api/v1/slots?${query}`);
  const { slots } = (await answer.json()) as { slots: { start: string }[] };
  return slots.map(({ start }) => Temporal.Instant.from(start).toString());
}

/** The month after this one, as an address names it: all of its days are still to come. */
export const nextMonth = () => Temporal.Now.plainDateISO().add({ months: 1 }).toPlainYearMonth().toString();

/** A time of the host's on their nth working day, counted from the day after tomorrow. */
export function workingTime(nth: number, clock: string, timeZone: string): Temporal.Instant {
  let day = Temporal.Now.plainDateISO(timeZone).add({ days: 2 });
  for (let left = nth; left > 0 || day.dayOfWeek > 5; day = day.add({ days: 1 }))
    if (day.dayOfWeek <= 5) left--;
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(clock) }).toInstant();
}

type Busy = { start: Temporal.ZonedDateTime; end: Temporal.ZonedDateTime };

/** What must be free on `day` with office hours 9 to 17, half-hour meetings and these busy times: by brute force. */
export function expectedSlots(day: Temporal.PlainDate, timeZone: string, busy: Busy[]): string[] {
  if (day.dayOfWeek > 5) return [];
  const starts = Array.from({ length: 16 }, (_, n) =>
    day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from("09:00").add({ minutes: 30 * n }) }),
  );
  const instant = (time: Temporal.ZonedDateTime) => time.epochMilliseconds;
  return starts
    .filter((start) =>
      busy.every(
        (event) => instant(event.end) <= instant(start) || instant(event.start) >= instant(start) + 1_800_000,
      ),
    )
    .map((start) => start.toInstant().toString());
}
