/**
 * URLs are ids here, so each resource has exactly one spelling: servers give back the same href as `%40`, `@`,
 * `%2b` or `%2B`. Compared and kept after decoding and encoding every segment again.
 */
export function canonicalUrl(url: string | URL): string {
  const parsed = new URL(url);
  const path = parsed.pathname.split("/").map(canonicalSegment).join("/");
  return `${parsed.origin}${path}`;
}

/** The id of a collection: canonical, ending in "/". */
export function collectionUrl(url: string | URL): string {
  const canonical = canonicalUrl(url);
  return canonical.endsWith("/") ? canonical : `${canonical}/`;
}

/**
 * The id of what an answer calls `href`. Its host is left out: behind a proxy servers name themselves wrongly,
 * and no answer about a collection speaks of another host.
 */
export function memberUrl(base: string, href: string): string {
  return canonicalUrl(new URL(base).origin + new URL(href.trim(), base).pathname);
}

/** A principal or home set may live on another host (iCloud: pNN-caldav); never over less encryption. */
export function linkedUrl(base: string, href: string): string {
  const url = new URL(href.trim(), base);
  if (new URL(base).protocol === "https:") url.protocol = "https:";
  return collectionUrl(url);
}

/** The href to ask for an id with. */
export function pathOf(url: string): string {
  return new URL(url).pathname;
}

export function lastSegment(url: string): string {
  const segment = pathOf(url).split("/").filter(Boolean).at(-1) ?? "";
  return decodeSegment(segment) ?? segment;
}

function canonicalSegment(segment: string): string {
  const decoded = decodeSegment(segment);
  // Not UTF-8: then only the case of the digits can differ.
  return decoded === null
    ? segment.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase())
    : encodeURIComponent(decoded);
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null; // Not UTF-8 behind the percent signs.
  }
}
