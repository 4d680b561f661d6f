import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endsAt, openHostileAccount, startsAt } from "@/e2e/hostile-account";
import { cyrus, davical, plain, radicale, sabre, xandikos } from "@/e2e/hostile-caldav-quirks";
import { icsOf } from "@/e2e/ics";
import type { ChangePage } from "../provider";

const account = openHostileAccount();
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant("save" as const), name: fc.integer({ min: 0, max: 6 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("remove" as const), name: fc.integer({ min: 0, max: 6 }) }),
    },
    { weight: 4, arbitrary: fc.constant({ kind: "pull" as const, name: 0 }) },
    { weight: 1, arbitrary: fc.constant({ kind: "forgetTokens" as const, name: 0 }) },
  ),
  { maxLength: 20 },
);

/** What a reader of the pages is left with: titles by id. */
function apply(copy: Map<string, string>, pages: ChangePage[]): void {
  if (pages.some(({ reset }) => reset)) copy.clear();
  for (const { upserts, deletions } of pages) {
    for (const { id, occurrences } of upserts) copy.set(id, occurrences[0]?.title ?? "");
    for (const id of deletions) copy.delete(id);
  }
}

describe("whatever happens between pulls, the copy equals the calendar", () => {
  const profiles = { radicale, xandikos, sabre, davical, cyrus, plain };
  it.each(Object.entries(profiles))(
    "%s",
    async (name, quirks) => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          const { server } = account;
          server.reset();
          server.quirks = quirks;
          server.addCalendar();
          const copy = new Map<string, string>();
          let cursor: string | null = null;
          let version = 0;
          for (const step of [...sequence, { kind: "pull" as const, name: 0 }]) {
            const uid = `event@${step.name}`;
            const title = `${name} ${++version}`;
            if (step.kind === "save") {
              server.save(account.calendar, `${uid}.ics`, icsOf({ uid, title, startsAt, endsAt }));
            } else if (step.kind === "remove") server.remove(account.calendar, `${uid}.ics`);
            else if (step.kind === "forgetTokens") server.forgetTokens();
            else {
              const pages: ChangePage[] = await account.pull(cursor);
              cursor = pages.at(-1)?.cursor ?? null;
              apply(copy, pages);
              const objects = [...server.calendar(account.calendar).objects];
              const remote = objects.map(([file, { text }]) => [
                account.calendar + encodeURIComponent(file),
                /SUMMARY:(.*)\r/.exec(text)?.[1] ?? "",
              ]);
              expect(Object.fromEntries(copy)).toEqual(Object.fromEntries(remote));
            }
          }
        }),
        { numRuns: 25 },
      );
    },
    60_000,
  );
});
