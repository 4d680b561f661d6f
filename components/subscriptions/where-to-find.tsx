/** Where each service keeps the address of a calendar, in its own words. */
const services = [
  {
    name: "Google Calendar",
    steps:
      "On a computer: Settings, then the calendar on the left, then “Integrate calendar”. Copy the “Secret address in iCal format”, or the public one of a calendar that is public.",
  },
  {
    name: "Outlook and Microsoft 365",
    steps:
      "On the web: Settings, Calendar, Shared calendars. Under “Publish a calendar” choose it and “Can view all details”, press Publish, and copy the ICS link.",
  },
  {
    name: "Apple iCloud",
    steps:
      "In Calendar or at icloud.com: the sign beside the calendar's name, then “Public Calendar”. Copy the link; it begins with webcal://.",
  },
  {
    name: "Everything else",
    steps:
      "Look for “Subscribe”, “iCal”, “ICS” or “webcal”. On a web page, copy the address of that link instead of opening it.",
  },
];

export function WhereToFind() {
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      {services.map(({ name, steps }) => (
        <div key={name} className="flex flex-col gap-0.5">
          <dt className="font-medium text-[0.9375rem]">{name}</dt>
          <dd className="text-muted text-sm">{steps}</dd>
        </div>
      ))}
    </dl>
  );
}
