import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchRewards, constantReward, negativeSumReward, rewards } from '../../core/reward.ts';

const scored = (severitySum: number | null) => ({ rendered: true, severitySum });
const broken = { rendered: false, severitySum: null };
const outcome = fc.record({
  rendered: fc.boolean(),
  severitySum: fc.option(fc.nat(120), { nil: null }),
});

describe('constant (repository, chart and svg)', () => {
  it('is 0 without a render, 2 without a difference, 1 from S = 50 on', () => {
    expect([broken, scored(0), scored(50), scored(80)].map((o) => constantReward(o))).toEqual([0, 2, 1, 1]);
  });
  it('counts an unparsable critique as S = 25', () => {
    expect(constantReward(scored(null))).toBe(constantReward(scored(25)));
    expect(constantReward(scored(null))).toBe(1.5);
  });
});

describe('batch (paper)', () => {
  it('normalises by the largest severity sum of the batch', () => {
    const [none, half, worst, failed] = batchRewards([scored(0), scored(5), scored(10), broken]);
    expect(none).toBe(2);
    expect(half).toBeCloseTo(1.5, 6);
    expect(worst).toBeCloseTo(1, 6);
    expect(failed).toBe(0);
  });
  it('gives 2 to all of a batch without a difference', () => {
    expect(batchRewards([scored(0), scored(0)])).toEqual([2, 2]);
  });
  it('gives an unparsable critique the rendering part alone', () => {
    expect(batchRewards([scored(null), scored(3)])[0]).toBe(1);
  });
  it('is empty for an empty batch', () => {
    expect(batchRewards([])).toEqual([]);
  });
});

describe('negative-sum (repository, table)', () => {
  it('is -S, and -4 for any failure', () => {
    expect([scored(0), scored(7), scored(null), broken].map(negativeSumReward)).toEqual([0, -7, -4, -4]);
  });
});

it('an unparsable critique never earns what severity 0 earns, by any normaliser', () => {
  for (const normaliser of ['constant', 'batch', 'negative-sum'] as const) {
    const [unparsable = 0, perfect = 0] = rewards(normaliser, [scored(null), scored(0)]);
    expect(unparsable).toBeLessThan(perfect);
  }
});

it('keeps order, stays in range, and never rises with severity', () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 20 }), (outcomes) => {
      for (const normaliser of ['constant', 'batch'] as const) {
        const values = rewards(normaliser, outcomes);
        expect(values).toHaveLength(outcomes.length);
        for (const [i, value] of values.entries()) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(2);
          for (const [j, other] of values.entries()) {
            const [a, b] = [outcomes[i], outcomes[j]];
            if (!a?.rendered || !b?.rendered || a.severitySum === null || b.severitySum === null) continue;
            if (a.severitySum < b.severitySum) expect(value).toBeGreaterThanOrEqual(other);
          }
        }
      }
    }),
  );
});
