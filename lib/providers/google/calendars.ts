import type { RemoteCalendar } from "@/lib/providers/provider";
import type { Api } from "./api";
import { failureOf, unreadableAnswer } from "./refusal";
import { calendarList, calendarListFields } from "./schema";

/** @throws AppError rather than list less than there is */
export async function listCalendars(api: Api): Promise<RemoteCalendar[]> {
  const calendars: RemoteCalendar[] = [];
  let pageToken: string | null = null;
  do {
    const page = await readPage(api, pageToken);
    calendars.push(...page.items.filter(({ deleted }) => !deleted).map(toCalendar));
    const next = page.nextPageToken ?? null;
    if (next !== null && next === pageToken) throw unreadableAnswer();
    pageToken = next;
  } while (pageToken);
  return calendars;
}

async function readPage(api: Api, pageToken: string | null) {
  const answer = await api.call({
    method: "GET",
    path: ["users", "me", "calendarList"],
    query: { maxResults: "250", fields: calendarListFields, ...(pageToken ? { pageToken } : {}) },
  });
  if (!answer.ok) throw failureOf(answer);
  const page = calendarList.safeParse(answer.body);
  if (!page.success) throw unreadableAnswer();
  return page.data;
}

type Entry = ReturnType<typeof calendarList.parse>["items"][number];

/** Of a calendar shared as free/busy only, the events tell when, and no more; that is enough to block bookings. */
function toCalendar({
  id,
  summary,
  summaryOverride,
  backgroundColor,
  accessRole,
  primary,
}: Entry): RemoteCalendar {
  return {
    id,
    name: summaryOverride || summary || id,
    color: /^#[0-9a-f]{6}$/i.test(backgroundColor ?? "") ? (backgroundColor?.toLowerCase() ?? null) : null,
    isReadOnly: accessRole !== "owner" && accessRole !== "writer",
    ...(primary ? { isPrimary: true } : {}),
  };
}
