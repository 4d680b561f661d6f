/**
 * The form If-Match wants: quoted and strong (RFC 9110 §13.1.1). Every measured server refuses an unquoted tag and
 * nearly all refuse `W/`, which a compressing proxy in front of them likes to add to their strong tag.
 */
export function strongEtag(etag: string | null | undefined): string | null {
  const value = etag?.trim().replace(/^W\//, "");
  if (!value) return null;
  return value.startsWith('"') ? value : `"${value}"`;
}
