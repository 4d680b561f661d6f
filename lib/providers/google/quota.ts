/** Google counts each user's requests, and those of the whole project, in a sliding minute. */
const minuteMs = 60_000;
const perUser = 600;
const perProject = 10_000;
const mostUsers = 1000;

/** What was spent, oldest first; also what is promised for a moment yet to come. */
type Window = { uses: { at: number; units: number }[]; total: number; most: number };

export type Quota = {
  /**
   * Takes `units` of the user's and the project's minute. Returns how long to wait before they may be used;
   * null, taking nothing, when that is longer than `patienceMs`.
   */
  take(user: string, units: number, patienceMs: number, now: number): number | null;
};

export function createQuota(): Quota {
  const project: Window = { uses: [], total: 0, most: perProject };
  const users = new Map<string, Window>();
  return {
    take(user, units, patienceMs, now) {
      const own = users.get(user) ?? { uses: [], total: 0, most: perUser };
      forget(own, now);
      forget(project, now);
      const at = Math.max(now, whenFree(own, units), whenFree(project, units));
      if (at - now > patienceMs) return null;
      if (users.size >= mostUsers) dropIdle(users, now);
      users.set(user, own);
      for (const window of [own, project]) {
        window.uses.push({ at, units });
        window.total += units;
      }
      return at - now;
    },
  };
}

/** What lies a minute back; and what lies too far ahead to have been promised: the clock was put back. */
function forget(window: Window, now: number): void {
  const [oldest, newest] = [window.uses[0], window.uses.at(-1)];
  if (!oldest || !newest) return;
  if (oldest.at > now - minuteMs && newest.at <= now + minuteMs) return;
  window.uses = window.uses.filter(({ at }) => at > now - minuteMs && at <= now + minuteMs);
  window.total = window.uses.reduce((sum, { units }) => sum + units, 0);
}

/** When enough of the oldest uses lie a minute back. */
function whenFree({ uses, total, most }: Window, units: number): number {
  let left = total + units;
  let at = 0;
  for (const use of uses) {
    if (left <= most) break;
    left -= use.units;
    at = use.at + minuteMs;
  }
  return at;
}

function dropIdle(users: Map<string, Window>, now: number): void {
  for (const [user, { uses }] of users) {
    if ((uses.at(-1)?.at ?? 0) <= now - minuteMs) users.delete(user);
  }
}
