import { Facts } from "@/components/ui/list";
import type { Appointment } from "@/lib/appointments/view";
import type { Clock } from "@/lib/time";
import type { CalendarItem } from "./item";
import { ruleWords } from "./repeat-words";
import { draftOfAppointment } from "./said";
import { sourceOf } from "./source";
import { storedTime, whenText } from "./times";

type Props = { item: CalendarItem; appointment: Appointment; clock: Clock };

/** An appointment for whoever may read it alone. */
export function AppointmentFacts({ item, appointment, clock }: Props) {
  const { startDay: day, isAllDay, timeZone, description, location } = draftOfAppointment(appointment);
  const rule = appointment.recurrence?.rule;
  const items = [
    { name: "When", value: whenText(storedTime(appointment.time), clock) },
    ...(rule ? [{ name: "Repeats", value: ruleWords(rule, { day, isAllDay, timeZone }, clock.locale) }] : []),
    { name: "Project", value: sourceOf(item).name },
    ...(location ? [{ name: "Location", value: <span className="wrap-anywhere">{location}</span> }] : []),
    ...(description
      ? [{ name: "Description", value: <p className="wrap-anywhere whitespace-pre-line">{description}</p> }]
      : []),
  ];
  return (
    <div className="flex flex-col gap-5 pb-1">
      <Facts items={items} />
      <p className="text-muted text-sm">You can read this project; its editors change what is on it.</p>
    </div>
  );
}
