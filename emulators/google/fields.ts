import { apiError } from "./errors";
import type { Call, Reply } from "./http";

/** What is to be told of each field: all of it (null), or these of its own. */
type Selection = Map<string, Selection | null>;

/** Of all resources together: a name that none of them has is refused, as Google does. */
const known = new Set(
  `accessRole anyoneCanAddSelf attachments attendees attendeesOmitted backgroundColor busy calendars colorId
  conferenceData created creator date dateTime defaultReminders deleted description displayName email end
  endTimeUnspecified errors etag eventType expiration extendedProperties foregroundColor hangoutLink hidden htmlLink
  iCalUID id items kind location locked method minutes nextPageToken nextSyncToken optional organizer originalStartTime
  overrides primary private privateCopy recurrence recurringEventId reminders resourceId resourceUri responseStatus
  selected self sequence shared source start status summary summaryOverride timeMax timeMin timeZone token transparency
  updated useDefault visibility workingLocationProperties`.split(/\s+/),
);

/** The part of the answer that `fields` asks for. @throws Refusal 400 for what cannot be read */
export function selectFields(call: Call, reply: Reply): Reply {
  const text = call.url.searchParams.get("fields");
  if (text === null || reply.body === undefined || reply.status >= 300) return reply;
  const tokens = text.match(/[^,/()\s]+|[,/()]/g) ?? [];
  const selection = readList(tokens);
  if (tokens.length > 0) throw invalidSelection(tokens[0] ?? "");
  return { ...reply, body: pick(reply.body, selection) };
}

/** `a,b/c,d(e,f)`; takes what it reads from the front. */
function readList(tokens: string[]): Selection {
  const selection: Selection = new Map();
  do {
    const name = tokens.shift() ?? "";
    if (name !== "*" && !known.has(name)) throw invalidSelection(name);
    selection.set(name, readBelow(tokens));
  } while (takes(tokens, ","));
  return selection;
}

function readBelow(tokens: string[]): Selection | null {
  if (takes(tokens, "/")) {
    const name = tokens.shift() ?? "";
    if (name !== "*" && !known.has(name)) throw invalidSelection(name);
    return new Map([[name, readBelow(tokens)]]);
  }
  if (!takes(tokens, "(")) return null;
  const selection = readList(tokens);
  if (!takes(tokens, ")")) throw invalidSelection(tokens[0] ?? "");
  return selection;
}

function takes(tokens: string[], sign: string): boolean {
  if (tokens[0] !== sign) return false;
  tokens.shift();
  return true;
}

function pick(value: unknown, selection: Selection): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, selection));
  if (typeof value !== "object" || value === null) return value;
  const rest = selection.get("*");
  const picked = Object.entries(value).flatMap(([name, part]) => {
    const below = selection.has(name) ? selection.get(name) : rest;
    if (below === undefined) return [];
    return [[name, below ? pick(part, below) : part]];
  });
  return Object.fromEntries(picked);
}

function invalidSelection(name: string) {
  return apiError(400, {
    domain: "global",
    reason: "invalidParameter",
    message: `Invalid field selection ${name}`,
    locationType: "parameter",
    location: "fields",
  });
}
