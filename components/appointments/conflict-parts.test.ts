import { expect, test } from "vitest";
import { differing, firstChoice, merge, partText } from "./conflict-parts";
import { newDraft } from "./draft";

const time = {
  kind: "timed",
  startsAt: "2026-11-18T08:00:00.000Z",
  endsAt: "2026-11-18T09:30:00.000Z",
} as const;
const base = { ...newDraft(time, "Europe/Berlin"), title: "Hearing", location: "Room 4" };
const mine = { ...base, title: "Hearing, postponed", description: "Bring the file." };
const theirs = { ...base, title: "Oral hearing", endTime: "11:00", location: "Room 5" };
const clock = { timeZone: "Europe/Berlin", locale: "en-GB", hour12: false };

test("what they alone changed is theirs, what I changed is mine, until somebody chooses", () => {
  const different = differing(mine, theirs);
  expect(different).toEqual(["title", "when", "location", "description"]);
  const chosen = Object.fromEntries(different.map((part) => [part, firstChoice(part, { base, mine })]));
  expect(chosen).toEqual({ title: "mine", when: "theirs", location: "theirs", description: "mine" });
  expect(merge(mine, theirs, chosen)).toEqual({ ...mine, endTime: "11:00", location: "Room 5" });
  expect(merge(mine, theirs, { ...chosen, title: "theirs" }).title).toBe("Oral hearing");
});

test("each part has words", () => {
  const words = { clock, nameOf: (id: string | null) => id ?? "Personal" };
  expect(partText("when", theirs, words)).toBe("Wednesday 18 November 2026, 09:00–11:00");
  expect(partText("when", { ...theirs, timeZone: "America/New_York" }, words)).toMatch(/New York time$/);
  expect(partText("repeat", theirs, words)).toBe("Never");
  expect(partText("description", theirs, words)).toBe("Nothing");
  expect(partText("project", theirs, words)).toBe("Personal");
});
