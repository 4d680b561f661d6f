import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case } from "./cases";
import { findFault } from "./check";

const mostMs = 60_000;

/** A fault in words, with the smallest feed that has it in a file. */
export async function describeFault(one: Case, fault: string): Promise<string> {
  const { seed, index, shape, mutations, sent, window } = one;
  const body = await shrink(one, fault);
  const file = join(tmpdir(), `fuzz-ics-${seed}-${index}.ics`);
  writeFileSync(file, body);
  return [
    `Case ${index} of seed ${seed}: ${shape}; ${mutations.join(", ") || "as it is"}.`,
    `Sent as ${sent.contentType}; read for ${window.start.toISOString()} to ${window.end.toISOString()}, ${window.timeZone}.`,
    fault,
    `The smallest feed with it (${body.length} of ${sent.body.length} octets): ${file}`,
  ].join("\n");
}

/** Leaves out halves, quarters and so on of the lines, as long as the same is wrong without them. */
async function shrink(one: Case, fault: string): Promise<Uint8Array> {
  const kind = fault.slice(0, 25);
  const startedAt = performance.now();
  const isFaulty = async (lines: Uint8Array[]) => {
    const sent = { ...one.sent, body: Uint8Array.from(Buffer.concat(lines)) };
    return (await findFault({ ...one, sent })).fault?.startsWith(kind) ?? false;
  };
  let lines = linesOf(one.sent.body);
  for (let size = Math.ceil(lines.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < lines.length; ) {
      if (performance.now() - startedAt > mostMs) return Uint8Array.from(Buffer.concat(lines));
      const fewer = lines.toSpliced(at, size);
      if (await isFaulty(fewer)) lines = fewer;
      else at += size;
    }
  }
  return Uint8Array.from(Buffer.concat(lines));
}

function linesOf(body: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < body.length; ) {
    const end = body.indexOf(0x0a, from);
    const next = end < 0 ? body.length : end + 1;
    lines.push(body.subarray(from, next));
    from = next;
  }
  return lines;
}
