const lines = new Map<string, Promise<unknown>>();

/** Runs `task` when every earlier one under `key` is done: an account has one request under way at a time. */
export function inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
  const before = lines.get(key) ?? Promise.resolve();
  const result = before.then(task);
  const done = result.catch(() => {});
  lines.set(key, done);
  void done.then(() => {
    if (lines.get(key) === done) lines.delete(key);
  });
  return result;
}
