import { describe, expect, it } from 'vitest';
import type { Critic } from '../../../core/critic.ts';
import { type CriticResult, critiqueOf } from '../../../core/critique.ts';
import type { Discrepancy } from '../../../core/discrepancy.ts';
import { BudgetReached, ModelError } from '../../../core/errors.ts';
import { svg } from '../../../core/tasks/svg.ts';
import { mergeCritiques } from '../../../tools/critic/merge.ts';
import { sampledCritic } from '../../../tools/critic/sampled.ts';
import { fakeCritic, oneCall, plainPicture } from '../../support/fakes.ts';

const roof = (severity: 1 | 2 | 3, description = 'the roof is blue and should be red'): Discrepancy => ({
  category: 'style_error',
  severity,
  location: 'roof',
  description,
});
const door: Discrepancy = {
  category: 'shape_error',
  severity: 2,
  location: 'door',
  description: 'there is no door',
};
const saying = (...discrepancies: Discrepancy[]) =>
  critiqueOf({ critic: 'c', discrepancies, usage: oneCall });
const silent: CriticResult = { kind: 'critic-failure', critic: 'c', reason: 'no JSON', usage: oneCall };

describe('critiques that are merged', () => {
  it('keep what half of them name, at the median severity, and dispute the rest', () => {
    const merged = mergeCritiques(
      [saying(roof(1), door), saying(roof(3, 'the roof is blue, it should be red')), saying(roof(3))],
      3,
    );
    expect(merged).toMatchObject({
      kind: 'critique',
      severitySum: 3,
      discrepancies: [{ ...roof(3), named: 3 }],
      samples: { asked: 3, usable: 3, severitySums: [3, 3, 3], disputed: [{ ...door, named: 1 }] },
      usage: { calls: 3 },
    });
  });

  it('count a difference once a sample, and never across categories', () => {
    const other = { ...roof(1), category: 'shape_error' };
    const merged = mergeCritiques([saying(roof(1), roof(1)), saying(other)], 2);
    expect(merged.kind === 'critique' && merged.discrepancies.map(({ named }) => named)).toEqual([1, 1, 1]);
  });

  it('find the same place in other words', () => {
    const box: [number, number, number, number] = [0.1, 0.1, 0.2, 0.2];
    const merged = mergeCritiques(
      [
        saying({ ...roof(1, 'blue'), box }),
        saying({ ...roof(1, 'wrong paint up there'), location: '', box }),
      ],
      2,
    );
    expect(merged).toMatchObject({ severitySum: 1, discrepancies: [{ named: 2 }] });
  });

  it('go by the usable ones, and are a failure without any: never perfect', () => {
    expect(mergeCritiques([silent, saying(door), silent], 3)).toMatchObject({
      severitySum: 2,
      samples: { usable: 1 },
      usage: { calls: 3 },
    });
    expect(mergeCritiques([silent, silent], 2)).toMatchObject({
      kind: 'critic-failure',
      usage: { calls: 2 },
    });
  });
});

describe('a critic that is sampled', () => {
  const request = async () => ({
    task: svg,
    reference: await plainPicture(1),
    candidate: await plainPicture(2),
    sample: 2,
  });

  it('asks for samples that a call cache tells apart', async () => {
    const seen: (number | undefined)[] = [];
    const critic: Critic = {
      name: 'c',
      source: 'model',
      critique: async ({ sample }) => {
        seen.push(sample);
        return saying(door);
      },
    };
    await sampledCritic(critic, 3).critique(await request());
    expect(seen).toEqual([6, 7, 8]);
    expect(sampledCritic({ ...critic, source: 'embedded' }, 3).critique).toBe(critic.critique);
  });

  it('keeps what was answered before a budget refused, but no half of an outage', async () => {
    const refused = new BudgetReached({ reason: 'budget-tokens', message: 'over' });
    const half = sampledCritic(fakeCritic(saying(door), refused), 2);
    expect(await half.critique(await request())).toMatchObject({ severitySum: 2, samples: { usable: 1 } });
    const none = sampledCritic(fakeCritic(refused), 2);
    await expect(none.critique(await request())).rejects.toBe(refused);
    const dead = sampledCritic(fakeCritic(saying(door), new ModelError('gone')), 2);
    await expect(dead.critique(await request())).rejects.toThrow('gone');
  });
});
