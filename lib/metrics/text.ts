/** Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */

export type Sample = { labels?: Record<string, string>; value: number };
/** How long a group of things took: `counts[i]` of them at most `bounds[i]` seconds, and `count` in all. */
export type Durations = { labels: Record<string, string>; counts: number[]; sum: number; count: number };
export type Metric = { name: string; help: string } & (
  | { type: "gauge"; samples: Sample[] }
  | { type: "histogram"; bounds: readonly number[]; groups: Durations[] }
);

export const contentType = "text/plain; version=0.0.4; charset=utf-8";

export function metricsText(metrics: Metric[]): string {
  return metrics.map(block).join("");
}

function block(metric: Metric): string {
  const { name, help, type } = metric;
  const samples = type === "gauge" ? metric.samples.map((sample) => line(name, sample)) : histogram(metric);
  const head = [`# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`];
  return `${[...head, `# TYPE ${name} ${type}`, ...samples].join("\n")}\n`;
}

function histogram({ name, bounds, groups }: Metric & { type: "histogram" }): string[] {
  return groups.flatMap(({ labels, counts, sum, count }) => [
    ...bounds.map((le, i) =>
      line(`${name}_bucket`, { labels: { ...labels, le: `${le}` }, value: counts[i] ?? 0 }),
    ),
    line(`${name}_bucket`, { labels: { ...labels, le: "+Inf" }, value: count }),
    line(`${name}_sum`, { labels, value: sum }),
    line(`${name}_count`, { labels, value: count }),
  ]);
}

function line(name: string, { labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
}

const escaped = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
