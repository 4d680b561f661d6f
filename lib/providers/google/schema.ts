import { z } from "zod";

/** What is read of Google's answers, and nothing else is asked for: `fieldsOf` names exactly these. */

const text = z.string().nullish();

export const calendarList = z.object({
  nextPageToken: text,
  items: z
    .array(
      z.object({
        id: z.string().min(1),
        summary: text,
        summaryOverride: text,
        backgroundColor: text,
        accessRole: text,
        primary: z.boolean().nullish(),
        deleted: z.boolean().nullish(),
      }),
    )
    .default([]),
});
export const calendarListFields =
  "nextPageToken,items(id,summary,summaryOverride,backgroundColor,accessRole,primary,deleted)";

/** A page whose events are read one by one, so that an odd one does not cost the others. */
export const eventList = z.object({
  nextPageToken: text,
  nextSyncToken: text,
  accessRole: text,
  timeZone: text,
  items: z.array(z.looseObject({ id: z.string().min(1), status: z.unknown().optional() })).default([]),
});
export type EventList = z.infer<typeof eventList>;

const time = z.union([
  z.object({ date: z.iso.date() }),
  z.object({
    dateTime: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    /** IANA; what repeats is counted on its clock. */
    timeZone: text,
  }),
]);
export type GoogleTime = z.infer<typeof time>;

const marked = z.object({ private: z.record(z.string(), z.string()).nullish() }).nullish();

export const googleEvent = z.object({
  id: z.string().min(1),
  etag: text,
  status: z.string().default("confirmed"),
  iCalUID: text,
  recurringEventId: text,
  summary: text,
  visibility: text,
  eventType: text,
  transparency: text,
  start: time,
  end: time,
  attendees: z.array(z.object({ self: z.boolean().nullish(), responseStatus: text })).nullish(),
  extendedProperties: marked,
});
export type GoogleEvent = z.infer<typeof googleEvent>;

const eventFields =
  "id,etag,status,iCalUID,recurringEventId,summary,visibility,eventType,transparency,start,end,attendees(self,responseStatus),extendedProperties/private";
export const eventListFields = `nextPageToken,nextSyncToken,accessRole,timeZone,items(${eventFields})`;

/** One event with all that a push writes. */
export const googleCopy = googleEvent.extend({
  description: text,
  location: text,
  updated: text,
  recurrence: z.array(z.string()).nullish(),
  /** Of an instance: where the series has it. */
  originalStartTime: time.nullish(),
});
export type GoogleCopy = z.infer<typeof googleCopy>;
export const copyFields = `${eventFields},description,location,updated,recurrence,originalStartTime`;

/** An instance that was called off: Google guarantees no more of it. */
export const calledOff = z.object({ id: z.string().min(1), etag: text, originalStartTime: time });

/** Everything of one iCalUID: a series and the instances that are kept by themselves, also those called off. */
export const seriesList = z.object({
  nextPageToken: text,
  items: z.array(z.looseObject({ id: z.string().min(1), status: text, recurringEventId: text })).default([]),
});
export const seriesListFields = `nextPageToken,items(${copyFields})`;

/** Enough of any event to know which it is and whether it is still there. */
export const stone = z.object({ id: z.string().min(1), status: z.string().nullish() });

export const written = z.object({ id: z.string().min(1), etag: z.string().min(1), status: text });
export const writtenFields = "id,etag,status";

export const channel = z.object({
  resourceId: z.string().min(1),
  /** Milliseconds since 1970, in a string. */
  expiration: z.coerce
    .number()
    .int()
    .positive()
    .transform((milliseconds) => new Date(milliseconds)),
});
