import { AppError } from "@/lib/errors";

/**
 * What reading one text may cost, counted in steps rather than seconds so that the same text always gives the
 * same answer. A step is one day or time looked at: a microsecond at most.
 */
export type Budget = { spend(steps: number): void };

const stepsPerEvent = 250_000;
const stepsPerText = 20_000_000;

export function createBudget(steps: number = stepsPerText): Budget {
  let left = steps;
  return {
    spend(amount) {
      left -= amount;
      if (left < 0) throw new AppError("invalid", "The repeat rules take too long to work out.");
    },
  };
}

/** One event's share, so that a rule without sense costs itself its place and not its neighbours. */
export function shareOf(budget: Budget, steps: number = stepsPerEvent): Budget {
  const own = createBudget(steps);
  return {
    spend(amount) {
      own.spend(amount);
      budget.spend(amount);
    },
  };
}
