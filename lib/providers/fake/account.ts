import { randomUUID } from "node:crypto";
import type { AppError } from "@/lib/errors";
import type { EventDraft, Occurrence, OccurrenceTime, RemoteCalendar } from "@/lib/providers/provider";
import type { RecurrenceException, StoredRecurrence } from "@/lib/providers/recurrence";

export type FakeEvent = {
  id: string;
  uid: string;
  etag: string;
  /** Of what repeats by a rule, the first alone. Several without one: it repeats in a way that no rule says. */
  occurrences: Occurrence[];
  recurrence: StoredRecurrence | null;
  /** Null where the event names none. */
  timeZone: string | null;
  /** What was put through the provider; null for a foreign event. */
  draft: EventDraft | null;
  description: string | null;
  location: string | null;
  /** Null where the account does not say when things change. */
  updatedAt: Date | null;
  isUnreadable: boolean;
};

type ForeignEvent = Pick<FakeEvent, "uid" | "occurrences"> &
  Partial<Pick<FakeEvent, "description" | "location" | "recurrence" | "timeZone">>;

/** What a person changes of an event; what is left out stays. */
export type FakeEdit = { title?: string; time?: OccurrenceTime } & Partial<
  Pick<FakeEvent, "description" | "location" | "recurrence" | "timeZone">
>;

export type FakeCalendar = RemoteCalendar & {
  events: Map<string, FakeEvent>;
  /** One entry per change: the cursor is the length read so far. */
  log: { eventId: string }[];
  /** Cursors of an older generation are no longer known. */
  generation: number;
};

export type FakeOperation = "list" | "pull" | "get" | "put" | "delete";

/** An account that lives in memory: tests play its owner, its other apps, and its outages. */
export class FakeAccount {
  readonly name: string;
  readonly calendars = new Map<string, FakeCalendar>();
  /** Every operation that reached the account, in order. */
  readonly calls: FakeOperation[] = [];
  /** How long each operation takes. */
  delayMs = 0;
  /** Each operation waits for this, too, once it has reached the account. */
  held: Promise<void> = Promise.resolve();
  /** What the account does not take, and what it says to it. */
  refuses: (draft: EventDraft) => AppError | null = () => null;
  /** Events on one page of changes. */
  pageSize = 100;
  /** What the account's clock says; null: it does not tell when things change. */
  clock: Date | null = null;
  #failures: { operation: FakeOperation; error: AppError; isAfterwards: boolean }[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get credentials() {
    return { account: this.name };
  }

  addCalendar(properties: Partial<RemoteCalendar> = {}): string {
    const id = properties.id ?? `fake:${randomUUID()}`;
    const calendar = { id, name: "Calendar", color: null, isReadOnly: false, ...properties };
    this.calendars.set(id, { ...calendar, events: new Map(), log: [], generation: 1 });
    return id;
  }

  /** Another app saves an event: a new one, or over the one that has the UID, of which it keeps the words it does not name. */
  save(calendarId: string, event: ForeignEvent): FakeEvent {
    const {
      id = randomUUID(),
      description = null,
      location = null,
      timeZone = null,
    } = this.find(calendarId, event.uid) ?? {};
    const kept = { id, description, location, timeZone, recurrence: null };
    return this.write(calendarId, { ...kept, ...event, draft: null, isUnreadable: false });
  }

  /** A person changes an event in another app; one that repeats as a whole. */
  edit(calendarId: string, uid: string, { title, time, ...values }: FakeEdit): FakeEvent {
    const { occurrences, ...event } = this.get(calendarId, uid);
    const [first] = occurrences;
    if (!first) throw new Error(`The event ${uid} never takes place.`);
    const occurrence = { ...first, title: title ?? first.title, time: time ?? first.time };
    return this.write(calendarId, { ...event, ...values, occurrences: [occurrence], draft: null });
  }

  /** A person changes one occurrence of what repeats; `says` null: it is off. */
  editOccurrence(calendarId: string, uid: string, exception: RecurrenceException): FakeEvent {
    const { recurrence } = this.get(calendarId, uid);
    if (!recurrence) throw new Error(`The event ${uid} does not repeat.`);
    const others = recurrence.exceptions.filter(({ key }) => key !== exception.key);
    const exceptions = [...others, exception].sort((a, b) => (a.key < b.key ? -1 : 1));
    return this.edit(calendarId, uid, { recurrence: { ...recurrence, exceptions } });
  }

  /** Another app deletes the event. */
  remove(calendarId: string, uid: string): void {
    const event = this.find(calendarId, uid);
    if (event) this.erase(calendarId, event.id);
  }

  /** The event is still there, and nobody can make sense of it any more. */
  garble(calendarId: string, uid: string): void {
    const event = this.find(calendarId, uid);
    if (event) this.write(calendarId, { ...event, isUnreadable: true });
  }

  events(calendarId: string): FakeEvent[] {
    return [...(this.calendars.get(calendarId)?.events.values() ?? [])];
  }

  expireCursors(): void {
    for (const calendar of this.calendars.values()) calendar.generation += 1;
  }

  /** The next such operation fails before it does anything; a pull, after its first page. */
  failNext(operation: FakeOperation, error: AppError): void {
    this.#failures.push({ operation, error, isAfterwards: false });
  }

  /** The next such operation is done, and its answer is lost. */
  loseNextAnswer(operation: "put" | "delete", error: AppError): void {
    this.#failures.push({ operation, error, isAfterwards: true });
  }

  takeFailure(operation: FakeOperation, isAfterwards: boolean): AppError | null {
    const matches = (each: { operation: FakeOperation; isAfterwards: boolean }) =>
      each.operation === operation && each.isAfterwards === isAfterwards;
    const index = this.#failures.findIndex(matches);
    return index < 0 ? null : (this.#failures.splice(index, 1)[0]?.error ?? null);
  }

  find(calendarId: string, uid: string): FakeEvent | undefined {
    return this.events(calendarId).find((event) => event.uid === uid);
  }

  get(calendarId: string, uid: string): FakeEvent {
    const event = this.find(calendarId, uid);
    if (!event) throw new Error(`There is no event ${uid}.`);
    return event;
  }

  write(calendarId: string, event: Omit<FakeEvent, "etag" | "updatedAt">): FakeEvent {
    const calendar = this.calendars.get(calendarId);
    if (!calendar) throw new Error(`There is no fake calendar ${calendarId}.`);
    const written = { ...event, etag: `"${randomUUID()}"`, updatedAt: this.clock };
    calendar.events.set(event.id, written);
    calendar.log.push({ eventId: event.id });
    return written;
  }

  erase(calendarId: string, eventId: string): void {
    const calendar = this.calendars.get(calendarId);
    if (calendar?.events.delete(eventId)) calendar.log.push({ eventId });
  }
}
