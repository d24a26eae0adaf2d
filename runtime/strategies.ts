import type { StrategyRecord } from '../core/record.ts';
import type { Strategy } from '../core/strategy.ts';
import { beam } from '../graphs/strategies/beam.ts';
import { bestOfN, bestOfNThenRefine } from '../graphs/strategies/best-of-n.ts';
import { direct } from '../graphs/strategies/direct.ts';
import { refine } from '../graphs/strategies/refine.ts';
import type { Settings } from './settings.ts';

/** A strategy by its name, and the critic that it works with: the configured one, the generator itself, or none. */
export interface NamedStrategy {
  readonly strategy: Strategy;
  readonly critic: 'configured' | 'self' | 'none';
}

export function strategyNamed({ strategy, drafts, beamWidth, beamExpand, from }: Settings): NamedStrategy {
  switch (strategy) {
    case 'direct':
      return { strategy: direct(), critic: 'none' };
    case 'refine':
      return { strategy: refine({ from }), critic: 'configured' };
    case 'self-refine':
      return { strategy: { ...refine({ from }), name: 'self-refine' }, critic: 'self' };
    case 'best-of-n':
      return { strategy: bestOfN({ count: drafts }), critic: 'configured' };
    case 'best-of-n+refine':
      return { strategy: bestOfNThenRefine({ count: drafts, from }), critic: 'configured' };
    case 'beam':
      return { strategy: beam({ width: beamWidth, expand: beamExpand }), critic: 'configured' };
  }
}

/** The strategy and all that bounds it, as the record keeps them. */
export function strategyRecordOf({ name, settings: own }: Strategy, settings: Settings): StrategyRecord {
  const { preset, feedback, history, select, criticSamples, showRender } = settings;
  const { rounds, threshold, patience, budgetTokens, budgetCost, budgetTime } = settings;
  const switches = { preset, feedback, history, select, criticSamples, showRender };
  const bounds = { ...switches, rounds, threshold, patience, budgetTokens, budgetCost, budgetTime };
  const set = Object.entries({ ...own, ...bounds }).filter(([, value]) => value !== undefined);
  return { name, settings: Object.fromEntries(set.map(([key, value]) => [key, value ?? null])) };
}
