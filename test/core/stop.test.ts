import { describe, expect, it } from 'vitest';
import type { CriticResult } from '../../core/critique.ts';
import type { Round } from '../../core/record.ts';
import {
  budgetCost,
  budgetTime,
  budgetTokens,
  equivalent,
  exhausted,
  firstOf,
  roundLimit,
  type StopRule,
  stalled,
  threshold,
  unscored,
} from '../../core/stop.ts';
import { noUsage } from '../../core/usage.ts';
import { critiqueWith } from '../support/fakes.ts';
import { roundWith } from '../support/rounds.ts';

const silent: CriticResult = { kind: 'critic-failure', critic: 'c', reason: 'no JSON', usage: noUsage };
const roundsOf = (...critiques: readonly CriticResult[]): Round[] => critiques.map((c, i) => roundWith(i, c));
const reason = (rule: StopRule, rounds: readonly Round[], elapsed = 0) => rule({ rounds, elapsed })?.reason;

describe('stop rules', () => {
  it('equivalent: severity zero, but never an unscored round or a faked render', () => {
    expect(reason(equivalent, roundsOf(critiqueWith()))).toBe('equivalent');
    expect(reason(equivalent, roundsOf(critiqueWith(1)))).toBeUndefined();
    expect(reason(equivalent, roundsOf(silent))).toBeUndefined();
    const hacks = [{ kind: 'embedded-raster' as const, message: 'embedded' }];
    const render = { kind: 'rendered' as const, picture: 'a'.repeat(64), width: 8, height: 8, hacks };
    expect(reason(equivalent, [roundWith(0, critiqueWith(), { render })])).toBeUndefined();
  });

  it('threshold: at most, not below', () => {
    expect(reason(threshold(2), roundsOf(critiqueWith(2)))).toBe('threshold');
    expect(reason(threshold(2), roundsOf(critiqueWith(3)))).toBeUndefined();
  });

  it('round-limit: counts revisions, not rounds', () => {
    expect(reason(roundLimit(1), roundsOf(critiqueWith(1)))).toBeUndefined();
    expect(reason(roundLimit(1), roundsOf(critiqueWith(1), critiqueWith(1)))).toBe('round-limit');
    expect(reason(roundLimit(0), roundsOf(critiqueWith(1)))).toBe('round-limit');
  });

  it('stalled: no new low over the last rounds', () => {
    expect(reason(stalled(1), roundsOf(critiqueWith(2)))).toBeUndefined();
    expect(reason(stalled(1), roundsOf(critiqueWith(2), critiqueWith(1)))).toBeUndefined();
    expect(reason(stalled(1), roundsOf(critiqueWith(2), critiqueWith(2)))).toBe('stalled');
    expect(reason(stalled(2), roundsOf(critiqueWith(2), critiqueWith(3)))).toBeUndefined();
    expect(reason(stalled(2), roundsOf(critiqueWith(2), critiqueWith(3), critiqueWith(2)))).toBe('stalled');
    expect(reason(stalled(1), roundsOf(silent, silent))).toBeUndefined();
  });

  it('exhausted: the generator has nothing more', () => {
    expect(reason(exhausted, [roundWith(0, critiqueWith(1), { exhausted: true })])).toBe('stalled');
  });

  it('unscored: only a row without a break', () => {
    expect(reason(unscored(2), roundsOf(silent))).toBeUndefined();
    expect(reason(unscored(2), roundsOf(silent, critiqueWith(1), silent))).toBeUndefined();
    expect(reason(unscored(2), roundsOf(critiqueWith(1), silent, silent))).toBe('stalled');
  });

  it('budgets: tokens and cost of generator and critic, and time', () => {
    const usage = {
      generator: { ...noUsage, inputTokens: 60, cost: 0.5 },
      critic: { ...noUsage, outputTokens: 40 },
    };
    const rounds = [roundWith(0, critiqueWith(1), { usage })];
    expect(reason(budgetTokens(100), rounds)).toBe('budget-tokens');
    expect(reason(budgetTokens(101), rounds)).toBeUndefined();
    expect(reason(budgetCost(0.5), rounds)).toBe('budget-cost');
    expect(reason(budgetCost(0.51), rounds)).toBeUndefined();
    expect(reason(budgetTime(2), rounds, 2000)).toBe('budget-time');
    expect(reason(budgetTime(2), rounds, 1999)).toBeUndefined();
  });

  it('firstOf: the order given decides', () => {
    const rounds = roundsOf(critiqueWith());
    expect(reason(firstOf(roundLimit(0), equivalent), rounds)).toBe('round-limit');
    expect(reason(firstOf(equivalent, roundLimit(0)), rounds)).toBe('equivalent');
    expect(reason(firstOf(), rounds)).toBeUndefined();
  });
});
