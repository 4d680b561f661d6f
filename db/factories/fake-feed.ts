import { database } from "@/db/client";
import { calendarSubscriptions, type calendars } from "@/db/schema";
import { makeFakeCalendar } from "./fake-calendar";

type Values = {
  calendar?: Partial<typeof calendars.$inferInsert>;
  subscription?: Partial<typeof calendarSubscriptions.$inferInsert>;
};

/** A subscription of the host's whose feed is a fake provider's calendar, never read yet: its answers can be chosen. */
export async function makeFakeFeed(hostId: string, { calendar, subscription }: Values = {}) {
  const fake = await makeFakeCalendar(hostId, {
    name: "Holidays",
    isSubscribed: true,
    isReadOnly: true,
    ...calendar,
  });
  const [made] = await database()
    .insert(calendarSubscriptions)
    .values({ hostId, calendarId: fake.calendar.id, refreshMinutes: 60, ...subscription })
    .returning();
  if (!made) throw new Error("No subscription was made.");
  return { ...fake, subscription: made };
}
