import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Dice, makeDice } from "@/lib/availability/oracle/dice";
import type { SyncWindow } from "@/lib/providers/provider";
import { blockMutations, wholeMutations } from "./mutate-blocks";
import { lineMutations, propertyMutations } from "./mutate-lines";
import { octetMutations, type Sent } from "./mutate-octets";
import { sentAs } from "./sent";
import { shapes } from "./shapes";

/** A feed as it might be, and as it came. */
export type Case = {
  seed: number;
  index: number;
  shape: string;
  mutations: string[];
  whole: Sent;
  sent: Sent;
  window: SyncWindow;
};

const corpus = resolve(import.meta.dirname, "../../../shared/corpus/recurrence/ics");
const textMutations = Object.entries({
  ...lineMutations,
  ...propertyMutations,
  ...blockMutations,
  ...wholeMutations,
});

const largest = 1_000_000;
const hour = 3_600_000;

/** The same for the same seed and index, and the same `files`. */
export function randomCase(seed: number, index: number, files: CorpusFile[] = []): Case {
  const dice = makeDice(`${seed}/${index}`);
  const { shape, text } = randomShape(dice, files);
  const mutations: string[] = [];
  let mutated = text;
  for (const [name, mutate] of dice.times(0, 4, () => dice.pick(textMutations))) {
    // What doubles and doubles again is no other case.
    if (mutated.length > largest) break;
    mutated = mutate(dice, mutated);
    mutations.push(name);
  }
  const whole = sentAs(text);
  let sent = sentAs(mutated);
  const octets = Object.entries(octetMutations);
  for (const [name, mutate] of dice.times(0, mutations.length > 0 ? 1 : 3, () => dice.pick(octets))) {
    sent = mutate(dice, sent);
    mutations.push(name);
  }
  return { seed, index, shape, mutations, whole, sent, window: randomWindow(dice, text) };
}

export type CorpusFile = { name: string; text: string };

/** Calendars of other people's tests, where they are at hand. */
export function readCorpus(): CorpusFile[] {
  if (!existsSync(corpus)) return [];
  return readdirSync(corpus)
    .sort()
    .map((name) => ({ name, text: readFileSync(join(corpus, name), "utf8") }))
    .filter(({ text }) => text.length < 100_000);
}

function randomShape(dice: Dice, files: CorpusFile[]): { shape: string; text: string } {
  if (files.length > 0 && dice.chance(0.25)) {
    const { name, text } = dice.pick(files);
    return { shape: name, text: text.replace(/\r\n|\r|\n/g, "\r\n") };
  }
  const [shape, make] = dice.pick(Object.entries(shapes));
  return { shape, text: make(dice) };
}

/** Most often about a day that the feed names. */
function randomWindow(dice: Dice, text: string): SyncWindow {
  const named = dice.pick([...text.matchAll(/\b(?:19|20)\d{6}(?=T|\b)/g), null]);
  const dashed = named?.[0].replace(/(....)(..)(..)/, "$1-$2-$3") ?? "";
  const middle = dice.chance(0.3) ? Number.NaN : Date.parse(dashed);
  const start = (Number.isNaN(middle) ? Date.UTC(2026, 5) : middle) + dice.int(-400, 100) * hour;
  const end = start + dice.pick([1, 40, 600]) * 24 * hour;
  const timeZone = dice.pick(["Europe/Berlin", "America/New_York", "Pacific/Auckland", "UTC"]);
  return { start: new Date(start), end: new Date(end), timeZone };
}
