import { describe, expect, it } from "vitest";
import { randomCase } from "./cases";
import { findFault } from "./check";
import { countEvents } from "./count";
import { growthOf } from "./memory";
import { readHere } from "./read";

// A short run of `npm run fuzz ics` on the same cases every time. Most are read in this thread, which costs less.
const seed = 7;

describe("feeds that chance has broken", { timeout: 60_000 }, () => {
  it.each([0, 1, 2, 3])("hold what they say: %i", async (part) => {
    for (let index = part * 50; index < (part + 1) * 50; index += 1) {
      const one = randomCase(seed, index);
      const { fault } = await findFault(one, readHere);
      expect(fault, `${index}: ${one.shape}, ${one.mutations.join(", ")}`).toBeNull();
    }
  });

  it("are read the same in a thread", async () => {
    for (let index = 0; index < 10; index += 1)
      expect((await findFault(randomCase(seed, index))).fault, `${index}`).toBeNull();
  });

  it("are the same for the same seed, and others for another", () => {
    expect(randomCase(seed, 3)).toEqual(randomCase(seed, 3));
    expect(randomCase(seed, 3)).not.toEqual(randomCase(seed + 1, 3));
  });
});

describe("counting events without reading them", () => {
  const count = (...lines: string[]) => countEvents(new TextEncoder().encode([...lines, ""].join("\r\n")));
  const event = ["BEGIN:VEVENT", "UID:1", "END:VEVENT"];

  it("counts those of a calendar that is whole", () => {
    expect(count("BEGIN:VCALENDAR", ...event, "SUMMARY:long", " er", ...event, "END:VCALENDAR")).toBe(2);
    expect(count("BEGIN:VCALENDAR", "END:VCALENDAR")).toBe(0);
  });

  it("does not guess at one that is not", () => {
    expect(count("BEGIN:VCALENDAR", ...event)).toBeNull();
    expect(count("BEGIN:VCALENDAR", "BEGIN:VEVENT", ...event, "END:VCALENDAR")).toBeNull();
    expect(count("BEGIN:VCALENDAR", "BEGIN:VEVENT", " ", "END:VEVENT", "END:VCALENDAR")).toBeNull();
    expect(count("BEGIN:VCALENDAR", ...event, "junk", "END:VCALENDAR")).toBeNull();
  });
});

it("growth is what a thousand cases more take, once all is loaded", () => {
  const samples = [500, 1000, 1500, 2000, 2500].map((cases) => ({
    ...{ cases, threads: 12, rss: 200 },
    main: 5 + (cases > 500 ? cases / 500 : 0),
  }));
  expect(growthOf(samples)).toEqual({ main: 2, threads: 0, rss: 0 });
  expect(growthOf(samples.slice(2))).toBeNull();
});
