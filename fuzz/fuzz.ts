/** A check on random cases: the same for the same seed, so that a case can be looked at again. */
export type Fuzz = (asked: {
  seed: number;
  cases: number;
  /** How many processes share them. */
  workers: number;
  /** Says how many cases held so far. */
  progress: (done: number) => void;
}) => Promise<{ ok: boolean; text: string }>;
