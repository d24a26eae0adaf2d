import { BudgetReached } from '../core/errors.ts';

/** A refused call is no failure: whatever else runs at the same time goes on to its end. */
export function refusalOf(error: unknown): BudgetReached {
  if (error instanceof BudgetReached) return error;
  throw error;
}
