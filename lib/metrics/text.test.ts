import { expect, test } from "vitest";
import { metricsText } from "./text";

test("a gauge is a line per combination of labels", () => {
  const samples = [{ value: 1.5 }, { labels: { kind: "step", function: "a" }, value: 2 }];
  expect(metricsText([{ name: "jobs", help: "Queued.", type: "gauge", samples }])).toBe(
    '# HELP jobs Queued.\n# TYPE jobs gauge\njobs 1.5\njobs{kind="step",function="a"} 2\n',
  );
});

test("a histogram counts up to +Inf", () => {
  const groups = [{ labels: { function: "a" }, counts: [1, 3], sum: 7.5, count: 4 }];
  expect(metricsText([{ name: "took", help: "Took.", type: "histogram", bounds: [0.1, 1], groups }])).toBe(
    [
      "# HELP took Took.",
      "# TYPE took histogram",
      'took_bucket{function="a",le="0.1"} 1',
      'took_bucket{function="a",le="1"} 3',
      'took_bucket{function="a",le="+Inf"} 4',
      'took_sum{function="a"} 7.5',
      'took_count{function="a"} 4',
      "",
    ].join("\n"),
  );
});

test("quotes, backslashes and line breaks in a label are escaped", () => {
  const samples = [{ labels: { name: 'a"b\\c\nd' }, value: 0 }];
  expect(metricsText([{ name: "x", help: "X.", type: "gauge", samples }])).toContain(
    'x{name="a\\"b\\\\c\\nd"} 0',
  );
});
