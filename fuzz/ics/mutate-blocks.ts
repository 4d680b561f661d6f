import type { Dice } from "@/lib/availability/oracle/dice";
import type { TextMutation } from "./mutate-lines";

/** Changes of what stands between a BEGIN and its END, and of the whole. */

const blockPattern = /^BEGIN:(?!VCALENDAR)([\w-]+)\r\n[\s\S]*?^END:\1\r\n/gm;

/** One block, at random, as another text. */
function onBlock(change: (dice: Dice, block: string, name: string) => string): TextMutation {
  return (dice, text) => {
    const blocks = [...text.matchAll(blockPattern)];
    if (blocks.length === 0) return text;
    const { 0: block, 1: name = "", index } = dice.pick(blocks);
    return `${text.slice(0, index)}${change(dice, block, name)}${text.slice(index + block.length)}`;
  };
}

export const blockMutations: Record<string, TextMutation> = {
  "a block is gone": onBlock(() => ""),
  "a block is there twice": onBlock((_, block) => block + block),
  "a block is there a thousand times": onBlock((dice, block) =>
    block.length > 2_000 ? block : block.repeat(dice.int(50, 1_000)),
  ),
  "a block is inside itself": onBlock((_, block) => {
    const [head = "", ...rest] = block.split("\r\n");
    return [head, block.trimEnd(), ...rest].join("\r\n");
  }),
  "a block has no end": onBlock((_, block, name) => block.replace(`END:${name}\r\n`, "")),
  "a block has no beginning": onBlock((_, block, name) => block.replace(`BEGIN:${name}\r\n`, "")),
  "a block has the end of another": onBlock((dice, block, name) =>
    block.replace(`END:${name}`, `END:${dice.pick(["VEVENT", "VALARM", "VTIMEZONE", "VCALENDAR", "X"])}`),
  ),
  "a block of another name": onBlock((dice, block, name) =>
    block.replaceAll(
      `:${name}\r\n`,
      `:${dice.pick(["VEVENT", "VTODO", "VALARM", "VTIMEZONE", "X-ODD"])}\r\n`,
    ),
  ),
  "a block is empty": onBlock((_, __, name) => `BEGIN:${name}\r\nEND:${name}\r\n`),
  "a block is elsewhere": (dice, text) => {
    const block = dice.pick(["", ...[...text.matchAll(blockPattern)].map(([whole]) => whole)]);
    const rest = text.replace(block, () => "");
    const at = dice.pick([0, ...[...rest.matchAll(/\r\n/g)].map(({ index }) => index + 2)]);
    return `${rest.slice(0, at)}${block}${rest.slice(at)}`;
  },
  "blocks in blocks": onBlock((dice, block, name) => {
    const depth = dice.pick([2, 5, 9, 300, 30_000]);
    const inside = `${"BEGIN:X-IN\r\n".repeat(depth)}${"END:X-IN\r\n".repeat(depth)}`;
    return block.replace(`END:${name}`, () => `${inside}END:${name}`);
  }),
};

export const wholeMutations: Record<string, TextMutation> = {
  "the end is gone": (_, text) => text.replace(/END:VCALENDAR\r\n$/, ""),
  "it stops somewhere": (dice, text) => text.slice(0, dice.int(0, text.length)),
  "it begins somewhere": (dice, text) => text.slice(dice.int(0, text.length)),
  "it is there twice": (_, text) => text + text,
  "a calendar in a calendar": (_, text) => text.replace("END:VCALENDAR", () => `${text}END:VCALENDAR`),
  "words before and after": (dice, text) =>
    dice.pick([
      `PHP Warning: Undefined index in /var/www/ical.php on line 3\r\n${text}`,
      `${text}<!-- generated in 3 ms -->`,
      `\r\n\r\n  \r\n${text}`,
      `<pre>${text}</pre>`,
    ]),
  "something else altogether": (dice, text) =>
    dice.pick([
      "",
      " ",
      "\0",
      "<!DOCTYPE html><html><title>Sign in</title></html>",
      '{"error":"unauthorized"}',
      "BEGIN:VCARD\r\nEND:VCARD\r\n",
      "BEGIN:VCALENDAR",
      "BEGIN:VCALENDAR\r\nEND:VCALENDAR",
      `<html>${text}</html>`,
      "BEGIN:VCALENDAR\r\n".repeat(dice.int(2, 20_000)),
      "BEGIN:VEVENT\r\n".repeat(dice.int(2, 20_000)),
      `BEGIN:VCALENDAR\r\n${"BEGIN:VEVENT\r\n".repeat(dice.int(2, 5_000))}END:VCALENDAR\r\n`,
    ]),
  "another zone for what floats": (dice, text) =>
    text.replace(
      /VERSION:2.0\r\n/,
      (version) =>
        `${version}X-WR-TIMEZONE:${dice.pick(["Asia/Tokyo", "Nowhere/Else", "America/New_York"])}\r\n`,
    ),
};
