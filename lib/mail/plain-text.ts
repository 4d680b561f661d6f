import type { Content } from "./facts";

/** A mail for who reads text, or has a program read it. */
export function plainText({ heading, lead, facts, main, others, footer }: Content): string {
  const blocks = [
    [heading],
    lead,
    ...facts.map(({ name, lines, isGone }) => [
      `${name}${isGone ? " (no longer)" : ""}`.replace(/(?<![?!:.])$/, ":"),
      ...lines.map((line) => `  ${line}`),
    ]),
    ...[main, ...others].map((action) => (action ? [`${action.label}:`, `  ${action.url}`] : [])),
    ["-- ", footer],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")
    .concat("\n");
}
