import { randomUUID } from "node:crypto";
import { database } from "@/db/client";
import { appointments } from "@/db/schema";

type Values = Partial<typeof appointments.$inferInsert> & { ownerId: string };

/** An appointment as the database makes it: an hour on 4 January 2027, personal, unless said otherwise. */
export async function makeAppointment(values: Values) {
  const id = values.id ?? randomUUID();
  const [row] = await database()
    .insert(appointments)
    .values({
      uid: `${id}@calends`,
      title: "Appointment",
      startsAt: new Date("2027-01-04T09:00:00Z"),
      endsAt: new Date("2027-01-04T10:00:00Z"),
      timeZone: "Europe/Berlin",
      ...values,
      id,
    })
    .returning();
  if (!row) throw new Error("No appointment was made.");
  return row;
}
