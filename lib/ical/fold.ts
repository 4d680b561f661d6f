const width = 75;

/** Breaks a line after 75 octets of UTF-8, never inside a character (RFC 5545 §3.1). */
export function fold(line: string): string {
  if (line.length * 3 <= width) return line;
  const pieces: string[] = [];
  let from = 0;
  let octets = 0;
  for (let at = 0; at < line.length; ) {
    const code = line.codePointAt(at) ?? 0;
    const size = sizeOf(code);
    if (octets + size > width) {
      pieces.push(line.slice(from, at));
      from = at;
      // The blank that begins a folded line counts, too.
      octets = 1;
    }
    octets += size;
    at += code > 0xffff ? 2 : 1;
  }
  return pieces.length === 0 ? line : [...pieces, line.slice(from)].join("\r\n ");
}

function sizeOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
