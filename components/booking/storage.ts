/** What the browser keeps for the visitor. It may refuse (private windows, blocked cookies): then nothing is kept. */
type Kind = "localStorage" | "sessionStorage";

export function recall<T>(kind: Kind, key: string): T | null {
  try {
    return JSON.parse(window[kind].getItem(`calends:${key}`) ?? "null") as T | null;
  } catch {
    return null;
  }
}

export function remember(kind: Kind, key: string, value: unknown): void {
  try {
    window[kind].setItem(`calends:${key}`, JSON.stringify(value));
  } catch {
    // Kept for this page only, then.
  }
}

export function forget(kind: Kind, key: string): void {
  try {
    window[kind].removeItem(`calends:${key}`);
  } catch {
    // Nothing was kept.
  }
}
