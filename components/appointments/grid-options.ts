import type { CalendarOptions } from "@fullcalendar/react";
import type { Clock } from "@/lib/time";

/** What is the same for everybody. */
export const gridBehaviour: CalendarOptions = {
  headerToolbar: false,
  height: "100%",
  expandRows: true,
  nowIndicator: true,
  navLinks: true,
  allDayText: "All day",
  editable: true,
  eventResizableFromStart: true,
  forceEventDuration: true,
  defaultTimedEventDuration: "01:00",
  selectable: true,
  selectMirror: true,
  // A click is a click: dateClick says so for the mouse and the finger alike.
  selectMinDistance: 6,
  longPressDelay: 350,
  scrollTime: "07:30",
  scrollTimeReset: false,
  slotDuration: "00:30",
  snapDuration: "00:15",
  slotHeaderInterval: "01:00",
  slotMinHeight: 24,
  eventMinHeight: 22,
  eventShortHeight: 40,
  slotEventOverlap: false,
  dayMaxEvents: true,
  eventInteractive: true,
  dayNarrowWidth: 90,
};

export function timeFormats({ hour12 }: Clock): CalendarOptions {
  const hour = hour12
    ? ({ hour: "numeric", hour12: true } as const)
    : ({ hour: "2-digit", hour12: false } as const);
  const format = { ...hour, minute: "2-digit" } as const;
  return { eventTimeFormat: format, slotHeaderFormat: hour12 ? hour : format };
}
