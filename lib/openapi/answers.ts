import { z } from "zod";
import { errorCodes } from "@/lib/errors";

// What the public API answers. Strict, so that a test notices what is sent and not documented.

const when = z.iso.datetime();
const zone = z.string().describe("An IANA time zone.");

export const problem = z.strictObject({
  error: z.strictObject({
    code: z.enum(errorCodes),
    message: z.string().describe("A sentence for a person."),
    field: z.string().optional().describe("The input to blame, as it is named here."),
  }),
});

export const freeTimes = z.strictObject({
  slots: z.array(z.strictObject({ start: when, end: when })).describe("In order of time, in UTC."),
  closed: z.boolean().describe("Nothing is offered because one of the host's calendars cannot be read now."),
  form: z.string().describe("Goes back with a booking made from this answer."),
});

export const heldBooking = z.strictObject({
  booking: z.strictObject({
    token: z.string().describe("The key to this booking; whoever has it can cancel or move it."),
    status: z.enum(["pending", "confirmed", "declined", "cancelled"]),
    url: z.url().describe("The visitor's own page."),
  }),
});

export const oneBooking = z.strictObject({
  booking: z.strictObject({
    status: z.enum(["pending", "confirmed", "declined", "cancelled"]),
    waits_for: z
      .enum(["approval", "unreadable_calendar"])
      .nullable()
      .describe("What only the host can decide; null while it is decided without them."),
    decline_reason: z.enum(["conflict", "unavailable", "host", "expired"]).nullable(),
    cancelled_by: z.enum(["visitor", "host"]).nullable(),
    reason: z.string().nullable().describe("What was said when declining or cancelling."),
    starts_at: when,
    ends_at: when,
    moves_to: z
      .strictObject({ starts_at: when, ends_at: when, by: z.enum(["visitor", "host"]) })
      .nullable()
      .describe("A move that is not decided yet; until then both times are held."),
    visitor: z.strictObject({
      name: z.string(),
      email: z.string(),
      phone: z.string().nullable(),
      note: z.string().nullable(),
      answers: z.array(z.strictObject({ label: z.string(), answer: z.string() })),
      time_zone: zone,
    }),
    host: z.strictObject({ name: z.string(), handle: z.string().nullable(), time_zone: zone }),
    event_type: z.strictObject({
      title: z.string(),
      slug: z.string(),
      location_kind: z.enum(["video", "host_phone", "visitor_phone", "address", "other"]),
      location: z.string().nullable(),
      duration_minutes: z.int(),
      requires_approval: z.boolean(),
    }),
  }),
});
