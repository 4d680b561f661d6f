import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { AppError } from "@/lib/errors";
import type {
  CalendarProvider,
  ChangePage,
  EventDraft,
  RemoteCopy,
  RemoteEvent,
  RemoteRef,
  SyncWindow,
} from "@/lib/providers/provider";
import { FakeAccount, type FakeCalendar, type FakeEvent, type FakeOperation } from "./account";
import { expandSeries } from "./series";
import { findInWindow } from "./window";

export type { FakeAccount } from "./account";

const accounts = new Map<string, FakeAccount>();

export function createFakeAccount(name: string = randomUUID()): FakeAccount {
  const account = new FakeAccount(name);
  accounts.set(name, account);
  return account;
}

export function openFake(name: string): CalendarProvider {
  const account = accounts.get(name);
  if (!account) throw new AppError("reconnect", "There is no such fake account in this process.");
  return {
    listCalendars: () =>
      operate(account, "list", () =>
        [...account.calendars.values()].map(({ id, name, color, isReadOnly }) => ({
          id,
          name,
          color,
          isReadOnly,
        })),
      ),
    pullChanges: (calendarId, cursor, window, isKnown) =>
      pull(account, { calendarId, cursor, window, isKnown }),
    putEvent: (calendarId, draft, previous) =>
      operate(account, "put", () => put(account, calendarId, draft, previous)),
    findNewId: async (calendarId, uid) => account.find(calendarId, uid)?.id ?? uid,
    deleteEvent: (calendarId, ref) => operate(account, "delete", () => remove(account, calendarId, ref)),
    getEvent: (calendarId, eventId) => operate(account, "get", () => get(account, calendarId, eventId)),
  };
}

async function operate<T>(account: FakeAccount, operation: FakeOperation, act: () => T): Promise<T> {
  account.calls.push(operation);
  await account.held;
  if (account.delayMs > 0) await sleep(account.delayMs);
  throwIfAny(account.takeFailure(operation, false));
  const result = act();
  throwIfAny(account.takeFailure(operation, true));
  return result;
}

function throwIfAny(error: AppError | null): void {
  if (error) throw error;
}

type Known = (id: string, etag: string) => boolean;
type Pull = { calendarId: string; cursor: string | null; window: SyncWindow; isKnown: Known | undefined };

async function* pull(
  account: FakeAccount,
  { calendarId, cursor, window, isKnown = () => false }: Pull,
): AsyncGenerator<ChangePage> {
  account.calls.push("pull");
  if (account.delayMs > 0) await sleep(account.delayMs);
  const calendar = getCalendar(account, calendarId);
  const { generation, position } = readCursor(cursor);
  const isReset = generation !== calendar.generation;
  const changed = isReset
    ? calendar.events.keys()
    : calendar.log.slice(position).map(({ eventId }) => eventId);
  const ids = [...new Set(changed)];
  const next = `${calendar.generation}:${calendar.log.length}`;
  const reset = isReset ? { reset: true } : {};
  for (let start = 0; start < ids.length; start += account.pageSize) {
    yield { ...reset, ...pageOf(calendar, ids.slice(start, start + account.pageSize), { window, isKnown }) };
    throwIfAny(account.takeFailure("pull", false));
  }
  throwIfAny(account.takeFailure("pull", false));
  yield { ...reset, upserts: [], deletions: [], unreadable: [], cursor: next };
}

function readCursor(cursor: string | null): { generation: number; position: number } {
  const [generation = 0, position = 0] = (cursor ?? "0:0").split(":").map(Number);
  return { generation, position };
}

function pageOf(
  calendar: FakeCalendar,
  ids: string[],
  { window, isKnown }: { window: SyncWindow; isKnown: Known },
): ChangePage {
  const unchanged: string[] = [];
  const page: ChangePage = { upserts: [], deletions: [], unreadable: [] };
  for (const id of ids) {
    const event = calendar.events.get(id);
    if (!event) page.deletions.push(id);
    else if (isKnown(id, event.etag)) unchanged.push(id);
    else if (event.isUnreadable) page.unreadable.push({ id, reason: "The event cannot be understood." });
    else page.upserts.push(toRemote(event, window));
  }
  return unchanged.length > 0 ? { ...page, unchanged } : page;
}

function toRemote(event: FakeEvent, window: SyncWindow): RemoteEvent {
  const { id, uid, etag, occurrences, recurrence } = event;
  const [first] = occurrences;
  if (!recurrence || !first) return { id, uid, etag, occurrences: findInWindow(occurrences, window) };
  const { title, time } = first;
  const timeZone = event.timeZone ?? window.timeZone;
  return { id, uid, etag, occurrences: expandSeries({ title, time, timeZone, recurrence }, window) };
}

function put(account: FakeAccount, calendarId: string, draft: EventDraft, previous?: RemoteRef): RemoteRef {
  const calendar = getCalendar(account, calendarId);
  if (calendar.isReadOnly) throw new AppError("forbidden", "This calendar is read-only.");
  throwIfAny(account.refuses(draft));
  const current = previous ? calendar.events.get(previous.id) : account.find(calendarId, draft.uid);
  const isExpected = previous ? current !== undefined && isSame(current, previous) : current === undefined;
  if (!isExpected) {
    if (!current || !isDeepStrictEqual(current.draft, draft)) throw conflict();
    return { id: current.id, etag: current.etag };
  }
  const { id, etag } = account.write(calendarId, {
    id: current?.id ?? randomUUID(),
    uid: draft.uid,
    occurrences: [
      { key: "", title: draft.title, time: draft.time, status: "confirmed", transparency: "opaque" },
    ],
    draft,
    recurrence: draft.recurrence ?? null,
    timeZone: draft.timeZone,
    description: draft.description,
    location: draft.location,
    isUnreadable: false,
  });
  return { id, etag };
}

function get(account: FakeAccount, calendarId: string, eventId: string): RemoteCopy | null {
  const event = getCalendar(account, calendarId).events.get(eventId);
  const [occurrence] = event?.occurrences ?? [];
  if (!event || occurrence?.status === "cancelled") return null;
  if (event.isUnreadable || !occurrence) throw new AppError("invalid", "The event cannot be understood.");
  const { id, etag, uid, description, location, updatedAt, recurrence, timeZone } = event;
  const { title, time } = occurrence;
  const isRecurring = recurrence !== null || event.occurrences.length > 1 || occurrence.key !== "";
  return { id, etag, uid, title, description, location, time, isRecurring, recurrence, timeZone, updatedAt };
}

function remove(account: FakeAccount, calendarId: string, ref: RemoteRef): void {
  const current = account.calendars.get(calendarId)?.events.get(ref.id);
  if (!current) return;
  if (!isSame(current, ref)) throw conflict();
  account.erase(calendarId, ref.id);
}

function isSame(event: FakeEvent, ref: RemoteRef): boolean {
  return ref.etag === null || ref.etag === event.etag;
}

function getCalendar(account: FakeAccount, calendarId: string): FakeCalendar {
  const calendar = account.calendars.get(calendarId);
  if (!calendar) throw new AppError("not_found", "This calendar does not exist any more.");
  return calendar;
}

function conflict(): AppError {
  return new AppError("conflict", "The event was changed or deleted in the calendar.");
}
