import { apiError, invalid, required } from "../errors";
import type { Attendee, Calendar, EventTime, GoogleEvent, Properties } from "../state";
import { checkRecurrence } from "./occurrences";
import { instantOf, readTime } from "./time";

export type EventBody = Record<string, unknown>;

const eventTypes = ["default", "outOfOffice", "focusTime", "workingLocation", "fromGmail", "birthday"];
const answers = ["needsAction", "declined", "tentative", "accepted"];
/** What Google writes itself; a client's word for it is not heard. */
const ownFields = [
  "kind",
  "etag",
  "id",
  "created",
  "updated",
  "creator",
  "organizer",
  "htmlLink",
  "hangoutLink",
  "iCalUID",
  "sequence",
  "recurringEventId",
  "originalStartTime",
  "conferenceData",
  "attendeesOmitted",
];

type Checked = Partial<GoogleEvent> & Pick<GoogleEvent, "status" | "start" | "end" | "eventType">;

/** The client's part of an event, as it will be kept. @throws Refusal 400 with Google's reason */
export function checkEvent(body: EventBody, calendar: Calendar): Checked {
  const recurrence = readRecurrence(body.recurrence);
  const repeats = recurrence !== undefined;
  const start = readTime(body.start, { name: "start", zone: calendar.timeZone, repeats });
  const end = readTime(body.end, { name: "end", zone: calendar.timeZone, repeats });
  checkOrder(start, end, calendar);
  checkProperties(body.extendedProperties);
  const kept = Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !ownFields.includes(name) && value !== null),
  );
  const { recurrence: _, ...rest } = kept;
  return {
    ...rest,
    ...(recurrence ? { recurrence } : {}),
    ...(body.attendees ? { attendees: readAttendees(body.attendees) } : {}),
    status: oneOf(body.status ?? "confirmed", ["confirmed", "tentative", "cancelled"], "status"),
    eventType: oneOf(body.eventType ?? "default", eventTypes, "eventType"),
    ...transparencyOf(body.transparency),
    start,
    end,
  } as Checked;
}

/** `[a-v0-9]`, 5 to 1024 of them. */
export function checkId(id: unknown): void {
  if (typeof id !== "string" || !/^[a-v0-9]{5,1024}$/.test(id)) {
    throw apiError(400, { domain: "global", reason: "invalid", message: "Invalid resource id value." });
  }
}

function checkOrder(start: EventTime, end: EventTime, calendar: Calendar): void {
  if ((start.date === undefined) !== (end.date === undefined)) {
    throw invalid("Start and end times must either both be date or both be dateTime.");
  }
  const length = instantOf(end, calendar.timeZone) - instantOf(start, calendar.timeZone);
  // The end of whole days is exclusive, so a day that ends when it starts is none.
  if (length < 0 || (length === 0 && start.date !== undefined)) {
    throw apiError(400, {
      domain: "calendar",
      reason: "timeRangeEmpty",
      message: "The specified time range is empty.",
    });
  }
}

function readRecurrence(value: unknown): string[] | undefined {
  if (value == null || (Array.isArray(value) && value.length === 0)) return undefined;
  try {
    if (!Array.isArray(value) || !value.every((line) => typeof line === "string")) throw new Error("no list");
    checkRecurrence(value);
    return value;
  } catch {
    throw invalid("Invalid recurrence rule.");
  }
}

function readAttendees(value: unknown): Attendee[] {
  if (!Array.isArray(value)) throw invalid("Invalid attendees.");
  return value.map((attendee: Attendee) => {
    if (typeof attendee?.email !== "string" || !attendee.email.includes("@")) {
      throw invalid("Invalid attendee email.");
    }
    const { self: _, ...rest } = attendee;
    const responseStatus = oneOf(attendee.responseStatus ?? "needsAction", answers, "responseStatus");
    return { ...rest, responseStatus };
  });
}

function checkProperties(value: unknown): void {
  if (value == null) return;
  const { private: own = {}, shared = {} } = value as Properties;
  const all = [...Object.entries(own ?? {}), ...Object.entries(shared ?? {})];
  const size = all.reduce((sum, [key, text]) => sum + key.length + String(text).length, 0);
  const fits = all.every(([key, text]) => key.length <= 44 && String(text).length <= 1024);
  if (!fits || all.length > 300 || size > 32_768) throw invalid("Invalid extended properties: too large.");
  if (all.some(([, text]) => typeof text !== "string")) {
    throw invalid("Invalid extended properties: values must be strings.");
  }
}

function transparencyOf(value: unknown): object {
  if (value == null) return {};
  return { transparency: oneOf(value, ["opaque", "transparent"], "transparency") };
}

function oneOf<T extends string>(value: unknown, known: readonly T[], name: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw invalid(`Invalid value for: ${String(value)} is not a valid value (${name})`);
  return found;
}

export function requireId(body: EventBody, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || !value) throw required(`Missing ${name}.`);
  return value;
}
