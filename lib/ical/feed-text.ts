/**
 * A feed's octets as text. A byte order mark decides; then what the server says, unless it names an alphabet of single
 * octets and the text is UTF-8 all the same, which nothing else is by chance; then UTF-8, as the standard has it; then
 * windows-1252, which old exports are written in.
 */
export function decodeFeed(body: Uint8Array, contentType: string | null): string {
  const marked = byteOrderOf(body);
  if (marked) return new TextDecoder(marked).decode(body);
  const named = findDecoder(contentType);
  if (named && !isSingleOctet(named.encoding) && named.encoding !== "utf-8") return named.decode(body);
  return findUtf8(body) ?? findUtf8(unfoldOctets(body)) ?? guess(body, named);
}

/** UTF-16 is told apart without a mark, too: every calendar begins with a letter of ASCII. */
function byteOrderOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if ((first === 0xff && second === 0xfe) || (first && second === 0 && third)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second && third === 0)) return "utf-16be";
  return null;
}

function findDecoder(contentType: string | null): TextDecoder | null {
  const label = /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? "")?.[1];
  if (!label) return null;
  try {
    return new TextDecoder(label);
  } catch {
    return null; // A RangeError for a charset nobody knows.
  }
}

function isSingleOctet(encoding: string): boolean {
  return /^(iso-8859|windows|koi8|macintosh|x-mac|ibm)/.test(encoding);
}

function findUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return null; // A TypeError for octets that are no UTF-8.
  }
}

const [lineFeed, carriageReturn, blank, tab] = [0x0a, 0x0d, 0x20, 0x09];

/** Some fold after 75 octets in the middle of a character, as the RFC once allowed: it is whole only without the fold. */
function unfoldOctets(body: Uint8Array): Uint8Array {
  const unfolded = new Uint8Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    const fold = lengthOfFold(body, at);
    if (fold > 0) at += fold - 1;
    else unfolded[length++] = body[at] ?? 0;
  }
  return unfolded.subarray(0, length);
}

function lengthOfFold(body: Uint8Array, at: number): number {
  if (body[at] !== lineFeed && body[at] !== carriageReturn) return 0;
  const end = body[at] === carriageReturn && body[at + 1] === lineFeed ? at + 2 : at + 1;
  return body[end] === blank || body[end] === tab ? end + 1 - at : 0;
}

/** A few broken characters among many whole ones are UTF-8 all the same. */
function guess(body: Uint8Array, named: TextDecoder | null): string {
  const text = new TextDecoder().decode(unfoldOctets(body));
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  const whole = (text.match(/[^\0-\x7f]/gu)?.length ?? 0) - broken;
  if (whole > broken) return text;
  const decoder = named && named.encoding !== "utf-8" ? named : new TextDecoder("windows-1252");
  const decoded = decoder.decode(body);
  return decoder.encoding === "windows-1252" ? decoded.replace(/[\x80-\x9f]/g, letterOf) : decoded;
}

// Node 20 takes windows-1252 for Latin 1, which has no letters there.
const letters = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const letterOf = (control: string) => letters[control.charCodeAt(0) - 0x80] ?? control;
