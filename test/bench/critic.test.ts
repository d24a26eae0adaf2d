import { expect, test } from 'vitest';
import { agreementOf } from '../../bench/critic/agreement.ts';
import type { Observation } from '../../bench/critic/observation.ts';
import { reliabilityOf, stabilityOf } from '../../bench/critic/reliability.ts';
import { critiqueOf } from '../../core/critique.ts';
import type { Discrepancy, Severity } from '../../core/discrepancy.ts';
import { noUsage } from '../../core/usage.ts';

const found = (category: string, severity: Severity, box?: Discrepancy['box']): Discrepancy => ({
  category,
  severity,
  location: '',
  description: '',
  ...(box && { box }),
});

/** An observation of a case with these labels; `null`: the critic failed. */
function observed(
  name: string,
  labels: Observation['labels'],
  discrepancies: Discrepancy[] | null,
  probe = 'plain',
): Observation {
  const shared = { critic: 'test', usage: noUsage };
  return {
    id: `${name} ${probe}`,
    case: name,
    picture: 'icon',
    task: 'svg',
    labels,
    probe,
    result: discrepancies
      ? critiqueOf({ ...shared, discrepancies })
      : { kind: 'critic-failure', ...shared, reason: 'nonsense' },
    milliseconds: 1,
  };
}

const shape = {
  category: 'shape_error',
  severity: 2 as const,
  box: [0.1, 0.1, 0.2, 0.2] as [number, number, number, number],
};

test('agreement: found, named, graded and placed are counted over all cases, failures included', () => {
  const agreement = agreementOf([
    observed('a', [shape], [found('shape_error', 2, [0.2, 0.2, 0.2, 0.2])]),
    observed('b', [shape], [found('shape_error', 1), found('shape_error', 3)]),
    observed('c', [shape], [found('style_error', 2, [0.5, 0.5, 0.1, 0.1])]),
    observed('d', [shape], null),
  ]);
  expect(agreement).toEqual({ cases: 4, found: 0.75, named: 0.5, graded: 0.25, severity: 2.5, placed: 0.25 });
  const unplaced = agreementOf([observed('a', [{ category: 'x', severity: 1 }], [])]);
  expect(unplaced).toMatchObject({ found: 0, severity: null, placed: null });
});

test('reliability: what can be used, false alarms, order and correlation of severity sums', () => {
  const plain = [
    observed('none', [], [found('style_error', 1)]),
    observed('one', [shape], [found('shape_error', 2)]),
    observed('both', [shape, shape], [found('shape_error', 1)]),
    observed('lost', [shape], null),
  ];
  const { usable, falseAlarms, order, correlation } = reliabilityOf(plain, plain);
  expect([usable, falseAlarms]).toEqual([0.75, 1]);
  // Labelled 0, 2, 4 and found 1, 2, 1: one pair in order, one tied, one reversed.
  expect(order).toBe(0.5);
  expect(correlation).toBeCloseTo(0, 9);
  expect(reliabilityOf([], [])).toEqual({ usable: 0, falseAlarms: null, order: null, correlation: null });
});

test('stability: shifts of the severity sum against the same case as it is', () => {
  const plain = [
    observed('a', [shape], [found('shape_error', 2)]),
    observed('b', [shape], [found('shape_error', 3)]),
  ];
  const swapped = [
    observed('a', [shape], [found('shape_error', 2)], 'swapped'),
    observed('b', [shape], [], 'swapped'),
    observed('c', [shape], [], 'swapped'),
  ];
  expect(stabilityOf(plain, swapped)).toEqual({ cases: 2, same: 0.5, meanShift: 1.5, largestShift: 3 });
  expect(stabilityOf(plain, [observed('a', [shape], null, 'swapped')])).toBeNull();
});
