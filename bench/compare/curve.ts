import { scoreOf } from './analysis.ts';
import { afterStep, type Outcome } from './outcome.ts';
import { meanOf } from './paired.ts';
import type { Scorer } from './scorer.ts';

/** How a strategy stood on the average after each step of its runs. */
export interface CurvePoint {
  readonly step: number;
  readonly tokens: number;
  /** US dollars. */
  readonly cost: number;
  readonly score: number;
}

/** One point a step, up to the longest run's last. */
export function curveOf(outcomes: readonly Outcome[], scorer: Pick<Scorer, 'name' | 'worst'>): CurvePoint[] {
  if (outcomes.length === 0) return [];
  const last = Math.max(0, ...outcomes.flatMap(({ rounds }) => rounds.map(({ step }) => step)));
  return Array.from({ length: last + 1 }, (_, step) => {
    const states = outcomes.map((outcome) => afterStep(outcome, step));
    return {
      step,
      tokens: meanOf(states.map(({ tokens }) => tokens)),
      cost: meanOf(states.map(({ cost }) => cost)),
      score: meanOf(states.map((state) => scoreOf(state, scorer))),
    };
  });
}

export interface Spot {
  readonly x: number;
  readonly score: number;
}

/** The spots that no other one beats at the same or a lower price, cheapest first. */
export function frontierOf<T extends Spot>(spots: readonly T[], better: 'higher' | 'lower'): T[] {
  const sign = better === 'higher' ? 1 : -1;
  const ordered = spots.toSorted((a, b) => a.x - b.x || sign * (b.score - a.score));
  const frontier: T[] = [];
  for (const spot of ordered) {
    const last = frontier.at(-1);
    if (!last || sign * (spot.score - last.score) > 0) frontier.push(spot);
  }
  return frontier;
}
