import { apiError, badRequest, invalid, invalidParameter, timeRangeEmpty } from "../errors";
import { parseInstant, type Window } from "./time";
import { isZone } from "./zone";

export type ListQuery = {
  singleEvents: boolean;
  showDeleted: boolean;
  maxResults: number;
  maxAttendees: number | null;
  orderBy: "startTime" | "updated" | null;
  timeZone: string | null;
  window: Window;
  updatedMin: number | null;
  iCalUID: string | null;
  q: string | null;
  eventTypes: string[];
  privateProperties: [string, string][];
  sharedProperties: [string, string][];
  pageToken: string | null;
  syncToken: string | null;
};

const notWithSyncToken = [
  "iCalUID",
  "orderBy",
  "privateExtendedProperty",
  "q",
  "sharedExtendedProperty",
  "timeMin",
  "timeMax",
  "updatedMin",
];

/** The parameters of events.list. @throws Refusal 400 for what may not be said, alone or together */
export function readListQuery(query: URLSearchParams): ListQuery {
  checkSyncToken(query);
  const singleEvents = readFlag(query, "singleEvents");
  return {
    singleEvents,
    showDeleted: readFlag(query, "showDeleted"),
    maxResults: readMax(query, { name: "maxResults", most: 2500, otherwise: 250 }),
    maxAttendees: query.has("maxAttendees")
      ? readMax(query, { name: "maxAttendees", most: 10_000, otherwise: 1 })
      : null,
    orderBy: readOrder(query, singleEvents),
    timeZone: readZone(query),
    window: readWindow(query),
    updatedMin: query.has("updatedMin") ? readInstant(query, "updatedMin") : null,
    iCalUID: query.get("iCalUID"),
    q: query.get("q"),
    eventTypes: query.getAll("eventTypes"),
    privateProperties: readProperties(query, "privateExtendedProperty"),
    sharedProperties: readProperties(query, "sharedExtendedProperty"),
    pageToken: query.get("pageToken"),
    syncToken: query.get("syncToken"),
  };
}

/** Half-open no more than Google's: both ends are exclusive. Without bounds, all of time. */
export function readWindow(query: URLSearchParams): Window {
  const from = query.has("timeMin") ? readInstant(query, "timeMin") : Number.NEGATIVE_INFINITY;
  const to = query.has("timeMax") ? readInstant(query, "timeMax") : Number.POSITIVE_INFINITY;
  if (from >= to) throw timeRangeEmpty();
  return { from, to };
}

export function readFlag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  if (value === null) return false;
  if (value !== "true" && value !== "false") throw invalidParameter(name, value);
  return value === "true";
}

/** More than the most is not refused: the page is simply no larger. */
export function readMax(
  query: URLSearchParams,
  { name, most, otherwise }: { name: string; most: number; otherwise: number },
): number {
  const value = query.get(name);
  if (value === null) return otherwise;
  if (!/^\d+$/.test(value) || Number(value) < 1) throw invalidParameter(name, value);
  return Math.min(Number(value), most);
}

export function readZone(query: URLSearchParams): string | null {
  const zone = query.get("timeZone");
  if (zone !== null && !isZone(zone)) throw invalidParameter("timeZone", zone);
  return zone;
}

function checkSyncToken(query: URLSearchParams): void {
  if (!query.has("syncToken")) return;
  const other = notWithSyncToken.find((name) => query.has(name));
  if (other) throw invalid(`Sync token cannot be combined with the ${other} parameter.`, "syncToken");
  if (query.get("showDeleted") === "false") {
    throw invalid("showDeleted cannot be false with a sync token.", "showDeleted");
  }
}

function readOrder(query: URLSearchParams, singleEvents: boolean): ListQuery["orderBy"] {
  const value = query.get("orderBy");
  if (value === null) return null;
  if (value !== "startTime" && value !== "updated") throw invalidParameter("orderBy", value);
  if (value === "startTime" && !singleEvents) {
    throw badRequest("The requested ordering is not available for the particular query.");
  }
  return value;
}

function readInstant(query: URLSearchParams, name: string): number {
  const instant = parseInstant(query.get(name) ?? "");
  if (instant === null) throw badRequest();
  return instant;
}

function readProperties(query: URLSearchParams, name: string): [string, string][] {
  return query.getAll(name).map((text) => {
    const [key, value] = text.split(/=(.*)/s);
    if (!key || value === undefined) {
      throw apiError(400, { domain: "global", reason: "invalid", message: `Invalid ${name}: ${text}` });
    }
    return [key, value];
  });
}
