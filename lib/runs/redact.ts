const secretName =
  /pass(word|phrase)|secret|token|authorization|cookie|credential|fernet|api_?key|private_?key/i;
// Ids, instants, words of our own such as "poll" or "booking/requested", and cron expressions.
const tellsNothing = [
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^[0-9A-HJKMNP-TV-Z]{26}$/,
  /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/,
  /^[a-z]+([-_/.][a-z]+)*$/,
  /^(TZ=[\w/]+ )?([\d*/,-]+ ){4}[\d*/,-]+$/,
];

/**
 * A payload to show: ids, numbers, instants and words of ours stay, other text is withheld. Our events carry ids
 * only; this is for the one that some day does not.
 */
export function redact(value: unknown, name = ""): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (secretName.test(name)) return "[withheld]";
  if (Array.isArray(value)) return value.map((item) => redact(item, name));
  if (typeof value === "object")
    return Object.fromEntries(
      Object.entries(value as object).map(([key, inner]) => [key, redact(inner, key)]),
    );
  if (typeof value !== "string") return value;
  return value.length <= 64 && tellsNothing.some((known) => known.test(value)) ? value : "[withheld]";
}
