import { AppError } from "@/lib/errors";

/**
 * What reading one text may cost, counted in steps rather than seconds so that the same text always gives the
 * same answer. A step is one day or time looked at: a microsecond at most.
 */
export type Budget = { spend(steps: number): void };

const stepsPerEvent = 250_000;

/** What a text with so many events may cost: enough for each to repeat every week, at most some twenty seconds. */
export function createBudget(events = 1): Budget {
  return limitedTo(Math.min(20_000_000, 5_000_000 + events * 2000));
}

/** One event's share, so that a rule without sense costs itself its place and not its neighbours. */
export function shareOf(budget: Budget): Budget {
  const own = limitedTo(stepsPerEvent);
  return {
    spend(amount) {
      own.spend(amount);
      budget.spend(amount);
    },
  };
}

function limitedTo(steps: number): Budget {
  let left = steps;
  return {
    spend(amount) {
      left -= amount;
      if (left < 0) throw new AppError("invalid", "The repeat rules take too long to work out.");
    },
  };
}
