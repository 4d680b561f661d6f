import type { LocationKind, QuestionKind } from "@/lib/event-types/fields";
import { type EventTypeForm, palette, type Surroundings } from "@/lib/event-types/schema";

export type DraftQuestion = {
  /** Keeps its place on the page when others come and go. */
  key: number;
  id?: string | undefined;
  label: string;
  kind: QuestionKind;
  isRequired: boolean;
  /** One a line. */
  options: string;
};

/** Numbers with a key, so that a row keeps its place when others come and go. */
export type DraftNumber = { key: number; value: string };

type Plain = "durationMinutes" | "slotIntervalMinutes" | "bufferBeforeMinutes" | "bufferAfterMinutes";
type More = "minimumNoticeMinutes" | "bookingWindowDays" | "dailyLimit" | "weeklyLimit" | "dailyMinutesLimit";
type Words = "title" | "slug" | "description" | "windowFirstDay" | "windowLastDay" | "scheduleId";

/** An event type while it is edited: everything as it was typed. */
export type Draft = Record<Plain | More | Words, string> & {
  color: EventTypeForm["color"];
  locationKind: LocationKind;
  /** What was typed for each kind, so that looking at another one loses nothing. */
  locations: Record<LocationKind, string>;
  bookingWindowKind: EventTypeForm["bookingWindowKind"];
  otherDurations: DraftNumber[];
  reminderMinutes: DraftNumber[];
  questions: DraftQuestion[];
  requiresApproval: boolean;
  isHidden: boolean;
};

/** An event type as it is kept; a colour may be one we no longer offer. */
export type Kept = Omit<EventTypeForm, "color" | "scheduleId"> & { color: string | null; scheduleId: string };

export function draftOf(kept: Kept): Draft {
  const text = (value: number | string | null) => (value === null ? "" : String(value));
  const numbers = (values: number[]) => values.map((value, key) => ({ key, value: String(value) }));
  return {
    title: kept.title,
    slug: kept.slug,
    description: text(kept.description),
    color: palette.find(({ color }) => color === kept.color)?.color ?? null,
    scheduleId: kept.scheduleId,
    locationKind: kept.locationKind,
    locations: { ...noLocations, [kept.locationKind]: text(kept.location) },
    durationMinutes: text(kept.durationMinutes),
    otherDurations: numbers(kept.otherDurations),
    slotIntervalMinutes: text(kept.slotIntervalMinutes),
    bufferBeforeMinutes: text(kept.bufferBeforeMinutes),
    bufferAfterMinutes: text(kept.bufferAfterMinutes),
    minimumNoticeMinutes: text(kept.minimumNoticeMinutes),
    bookingWindowKind: kept.bookingWindowKind,
    bookingWindowDays: text(kept.bookingWindowDays),
    windowFirstDay: text(kept.windowFirstDay),
    windowLastDay: text(kept.windowLastDay),
    dailyLimit: text(kept.dailyLimit),
    weeklyLimit: text(kept.weeklyLimit),
    dailyMinutesLimit: text(kept.dailyMinutesLimit),
    questions: kept.questions.map((question, key) => ({
      ...question,
      key,
      options: question.options.join("\n"),
    })),
    requiresApproval: kept.requiresApproval,
    isHidden: kept.isHidden,
    reminderMinutes: numbers(kept.reminderMinutes),
  };
}

const noLocations = { video: "", host_phone: "", visitor_phone: "", address: "", other: "" };

/** What most people begin with. */
export function newDraft({ schedules }: Surroundings): Draft {
  const kept: Kept = {
    title: "",
    slug: "",
    description: null,
    color: null,
    scheduleId: schedules.find(({ isDefault }) => isDefault)?.id ?? "",
    locationKind: "video",
    location: null,
    durationMinutes: 30,
    otherDurations: [],
    slotIntervalMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    minimumNoticeMinutes: 240,
    bookingWindowKind: "rolling_days",
    bookingWindowDays: 60,
    windowFirstDay: null,
    windowLastDay: null,
    dailyLimit: null,
    weeklyLimit: null,
    dailyMinutesLimit: null,
    questions: [],
    requiresApproval: false,
    isHidden: false,
    reminderMinutes: [1440, 60],
  };
  return draftOf(kept);
}

/** The draft as the form's schema reads it; what the choices made hide from the page does not count. */
export function inputOf({ locations, questions, otherDurations, reminderMinutes, ...draft }: Draft) {
  const isRange = draft.bookingWindowKind === "date_range";
  return {
    ...draft,
    scheduleId: draft.scheduleId || undefined,
    location: draft.locationKind === "visitor_phone" ? "" : locations[draft.locationKind],
    otherDurations: otherDurations.map(({ value }) => value),
    reminderMinutes: reminderMinutes.map(({ value }) => value),
    bookingWindowDays: isRange ? usualWindowDays : draft.bookingWindowDays,
    windowFirstDay: isRange ? draft.windowFirstDay : "",
    windowLastDay: isRange ? draft.windowLastDay : "",
    questions: questions.map(({ key: _, options, ...question }) => ({
      ...question,
      options: question.kind === "choice" ? linesOf(options) : [],
    })),
  };
}

const usualWindowDays = "60";

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** A key no row of the list has yet. */
export function nextKey(rows: { key: number }[]): number {
  return Math.max(-1, ...rows.map(({ key }) => key)) + 1;
}

/** What a section of the editor works with. */
export type Editor = {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  errorOf: (field: string) => string | undefined;
  warningOf: (field: string) => string | undefined;
};
