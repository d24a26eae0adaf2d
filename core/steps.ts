import type { Round } from './record.ts';

/** Rounds by depth: first drafts, then their revisions, then the revisions of those. */
export function stepsOf(rounds: readonly Round[]): Round[][] {
  const depths = new Map<number, number>();
  const steps: Round[][] = [];
  for (const round of rounds) {
    const depth = round.parent === null ? 0 : (depths.get(round.parent) ?? 0) + 1;
    depths.set(round.index, depth);
    const step = steps[depth] ?? [];
    step.push(round);
    steps[depth] = step;
  }
  return steps;
}
