/**
 * How many events there are in the text, counted without the code that reads it; null where that cannot be said: where a
 * BEGIN has no END in its place, or something that looks like one stands in the middle of a line.
 */
export function countEvents(body: Uint8Array): number | null {
  // UTF-16, and marks in the middle, are for others to read.
  if (body.some((octet) => octet === 0 || octet > 0xf4)) return null;
  const text = Buffer.from(body)
    .toString("utf8")
    .replace(/^\ufeff/, "");
  if (text.includes("\ufffd") || /[^\P{Cc}\t\r\n]|\ufeff/u.test(text)) return null;
  const lines = text.split(/\r\n|\r|\n/);
  const open: string[] = [];
  let events = 0;
  for (const [index, line] of lines.entries()) {
    const edge = /^(BEGIN|END):([A-Z-]+)$/.exec(line);
    if (!edge) {
      if (/^\s*(BEGIN|END)\b/i.test(line) || !isPlain(line, index === lines.length - 1)) return null;
      continue;
    }
    // A fold would make it another line.
    if (/^[ \t]/.test(lines[index + 1] ?? "")) return null;
    const [, which, name = ""] = edge;
    if (which === "END") {
      if (open.pop() !== name) return null;
      continue;
    }
    if (!mayBegin(name, open)) return null;
    if (name === "VEVENT") events += 1;
    open.push(name);
  }
  return open.length === 0 ? events : null;
}

function isPlain(line: string, isLast: boolean): boolean {
  return /^[\w.-]+[:;]/.test(line) || /^[ \t]/.test(line) || (isLast && line === "");
}

function mayBegin(name: string, open: string[]): boolean {
  if (name === "VCALENDAR") return open.length === 0;
  if (open.length === 0 || open.length > 5) return false;
  return name !== "VEVENT" || (open.length === 1 && open[0] === "VCALENDAR");
}
