import type { Dice } from "@/lib/availability/oracle/dice";

/** Changes of a feed as it is sent: octets that are wrong, and alphabets that are not what the server says. */
export type Sent = { body: Uint8Array; contentType: string | null };
type OctetMutation = (dice: Dice, sent: Sent) => Sent;

const onBody =
  (change: (dice: Dice, body: Uint8Array) => Uint8Array): OctetMutation =>
  (dice, { body, contentType }) => ({ body: change(dice, body), contentType });

/** A few octets at a random place as others. */
const splice = (make: (dice: Dice, there: Uint8Array) => Uint8Array, most = 0) =>
  onBody((dice, body) => {
    const at = dice.int(0, body.length);
    const there = body.subarray(at, at + dice.int(most > 0 ? 1 : 0, most));
    return join(body.subarray(0, at), make(dice, there), body.subarray(at + there.length));
  });

export const octetMutations: Record<string, OctetMutation> = {
  "octets are others": splice((dice, there) => there.map(() => dice.int(0, 255)), 4),
  "a bit is another": splice((dice, there) => there.map((octet) => octet ^ (1 << dice.int(0, 7))), 1),
  "octets are gone": splice(() => new Uint8Array(), 200),
  "octets are there twice": splice((_, there) => join(there, there), 200),
  "octets too many": splice((dice) => Uint8Array.from({ length: dice.int(1, 50) }, () => dice.int(0, 255))),
  "marks in the middle": splice((dice) =>
    Uint8Array.from(
      dice.pick([[0], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0x0d], [0x0a], [0x1a], [0xc3], [0xed, 0xa0, 0x80]]),
    ),
  ),
  "it stops": onBody((dice, body) => body.subarray(0, dice.int(0, body.length))),
  "a byte order mark": onBody((_, body) => join(Uint8Array.of(0xef, 0xbb, 0xbf), body)),
  "the wrong byte order mark": onBody((dice, body) =>
    join(
      Uint8Array.from(
        dice.pick([
          [0xff, 0xfe],
          [0xfe, 0xff],
        ]),
      ),
      body,
    ),
  ),
  "folds in the middle of characters": onBody((dice, body) => foldOctets(body, dice.int(5, 76))),
  "UTF-16": (dice, { body, contentType }) => {
    const text = `${dice.pick(["", "\ufeff"])}${new TextDecoder().decode(body)}`;
    const octets = Buffer.from(text, "utf16le");
    return { body: Uint8Array.from(dice.chance(0.5) ? octets : octets.swap16()), contentType };
  },
  "one octet for each character": (_, { body, contentType }) => ({
    body: Uint8Array.from(Buffer.from(new TextDecoder().decode(body), "latin1")),
    contentType,
  }),
  "another alphabet than it says": (dice, { body }) => ({
    body,
    contentType: dice.pick([
      null,
      "",
      "text/html",
      "text/calendar; charset=iso-8859-1",
      'text/calendar; charset="utf-8"',
      "text/calendar; charset=utf-16",
      "text/calendar; charset=shift_jis",
      "text/calendar; charset=nonsense",
      "text/calendar; charset=",
    ]),
  }),
  "octets of another alphabet": splice((dice) =>
    Uint8Array.from({ length: dice.int(1, 9) }, () => dice.int(128, 255)),
  ),
};

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** As programs fold that count octets, which the RFC once allowed. */
function foldOctets(body: Uint8Array, width: number): Uint8Array {
  const folded: number[] = [];
  let column = 0;
  for (const octet of body) {
    if (column >= width && octet !== 0x0d && octet !== 0x0a) {
      folded.push(0x0d, 0x0a, 0x20);
      column = 1;
    }
    folded.push(octet);
    column = octet === 0x0a ? 0 : column + 1;
  }
  return Uint8Array.from(folded);
}
