/**
 * An address, or null for what is none. For what people and servers write: on Node 20 `URL.canParse` begins to refuse
 * umlauts once it has been called some thousand times.
 */
export function findUrl(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null; // A TypeError, and nothing else, for what is no address.
  }
}
