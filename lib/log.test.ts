import { expect, test } from "vitest";
import { createLog } from "./log";

test("writes one JSON line with level, time and message", () => {
  const [line] = linesOf((log) => log.info({ calendar: "c1" }, "pulled"));
  expect(line).toMatchObject({ level: "info", calendar: "c1", msg: "pulled", time: expect.any(Number) });
});

test("leaves out what is secret by its name, however deep and in whatever case", () => {
  const request = { headers: { Authorization: "Basic eA==", cookie: "s=1" }, list: [{ accessToken: "t" }] };
  const [line] = linesOf((log) => log.info({ password: "p", request, hasPassword: true }, "sent"));
  expect(line).toMatchObject({
    password: "[redacted]",
    request: {
      headers: { Authorization: "[redacted]", cookie: "[redacted]" },
      list: [{ accessToken: "[redacted]" }],
    },
    hasPassword: true,
  });
});

test("leaves it out of child logs and errors too", () => {
  const error = Object.assign(new Error("GET https://anna:hush@dav.example/ failed"), { token: "hush" });
  const lines = linesOf((log) =>
    log.child({ secret: "hush" }).error({ err: error }, "https://anna:hush@dav.example"),
  );
  expect(JSON.stringify(lines)).not.toContain("hush");
  expect(lines[0]).toMatchObject({ msg: "https://[redacted]@dav.example", err: { type: "Error" } });
});

test("leaves out an API token, whatever it stands in", () => {
  const token = `calends_${"x-_9".repeat(10)}abc`;
  const [line] = linesOf((log) => log.warn({ asked: ["curl", `-H"Bearer ${token}"`] }, `refused ${token}`));
  expect(line).toMatchObject({ msg: "refused [redacted]", asked: ["curl", '-H"Bearer [redacted]"'] });
});

test("survives a circle", () => {
  const circle: Record<string, unknown> = { name: "a" };
  circle.self = circle;
  expect(linesOf((log) => log.info({ circle }, "round"))).toHaveLength(1);
});

test("says nothing below its level", () => {
  expect(linesOf((log) => log.debug("quiet"))).toEqual([]);
});

function linesOf(work: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  work(createLog("info", { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}
