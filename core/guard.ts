import type { Round } from './record.ts';

/**
 * The index of the round to return: the lowest severity sum among rounds that rendered, then the lowest
 * residual, then the earlier. A round whose critic failed is behind every scored one, whatever its code;
 * a render that fakes likeness is behind every honest one. Null when nothing rendered.
 */
export function bestRound(rounds: readonly Round[]): number | null {
  let best: Round | undefined;
  for (const round of rounds) {
    if (round.render.kind !== 'rendered') continue;
    if (best === undefined || isBetter(round, best)) best = round;
  }
  return best?.index ?? null;
}

/** Which round a run returns: the best, or that of its last step, as the paper reports. */
export type Select = 'best' | 'last';

/**
 * The index of the round to return by this rule. `last`: the last step of which anything rendered, and of several
 * drafts in it the best. Null when nothing rendered.
 */
export function selectedRound(rounds: readonly Round[], select: Select): number | null {
  if (select === 'best') return bestRound(rounds);
  const rendered = rounds.filter(({ render }) => render.kind === 'rendered');
  const step = Math.max(...rendered.map((round) => round.step));
  return bestRound(rendered.filter((round) => round.step === step));
}

function isBetter(round: Round, than: Round): boolean {
  const [a, b] = [rank(round), rank(than)];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value < other;
  }
  return false;
}

function rank({ render, critique }: Round): readonly number[] {
  const honest = render.kind === 'rendered' && render.hacks.length === 0;
  const scored = critique?.kind === 'critique';
  return [
    honest ? 0 : 1,
    scored ? 0 : 1,
    scored ? critique.severitySum : 0,
    scored ? (critique.residual ?? 0) : 0,
  ];
}
