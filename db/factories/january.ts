/** Where the story of a copy begins: on New Year's Day of 2026, with an hour on Monday, the fifth. */
export const now = new Date("2026-01-01T00:00:00Z");
/** That many minutes later. */
export const minute = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
export const at = (clock: string, day = "2026-01-05") => new Date(`${day}T${clock}:00Z`);
export const timed = (from: string, to: string, day?: string) =>
  ({ kind: "timed", startsAt: at(from, day), endsAt: at(to, day) }) as const;
export const meeting = {
  title: "Hearing",
  description: "Bring the file",
  startsAt: at("10:00"),
  endsAt: at("11:00"),
};
