/**
 * Text for a header: on one line, of bounded length, and without the characters that make the rest of a line read
 * backwards or not show at all.
 */
export function oneLine(text: string, longest = 100): string {
  const clean = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\p{Surrogate}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  const characters = [...clean];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : clean;
}
