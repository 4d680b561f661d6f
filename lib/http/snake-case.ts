// The API names things with underscores, also where TypeScript does not.

export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

// Nothing of ours lies deeper; what is sent and does is refused where it is parsed (lib/parse).
const deepest = 40;

/** The same JSON with other names throughout; the `kind` of something is a name, too. Other values stay. */
export function renameKeys(json: unknown, rename: (name: string) => string, depth = 0): unknown {
  if (typeof json !== "object" || json === null || json instanceof Date || depth === deepest) return json;
  if (Array.isArray(json)) return json.map((item) => renameKeys(item, rename, depth + 1));
  const entries = Object.entries(json).map(([name, value]) => [
    rename(name),
    name === "kind" && typeof value === "string" ? rename(value) : renameKeys(value, rename, depth + 1),
  ]);
  return Object.fromEntries(entries);
}
