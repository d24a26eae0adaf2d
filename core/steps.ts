import type { Round } from './record.ts';

/** Rounds by the step in which they were made: first drafts, then what was made of them, and so on. */
export function stepsOf(rounds: readonly Round[]): Round[][] {
  const steps: Round[][] = [];
  for (const round of rounds) {
    const step = steps[round.step] ?? [];
    step.push(round);
    steps[round.step] = step;
  }
  return steps.filter((step) => step !== undefined);
}
