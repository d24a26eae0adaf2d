import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../../core/discrepancy.ts';
import { bestRound, selectedRound } from '../../core/guard.ts';
import { severityOf } from '../../core/stop.ts';
import { noUsage } from '../../core/usage.ts';
import { critiqueWith } from '../support/fakes.ts';
import { roundWith } from '../support/rounds.ts';

const failure = { kind: 'render-failure', outcome: 'runtime-error', message: 'boom' } as const;
const silent = { kind: 'critic-failure', critic: 'c', reason: 'no JSON', usage: noUsage } as const;

describe('bestRound', () => {
  it('is null when nothing rendered', () => {
    expect(bestRound([])).toBeNull();
    expect(bestRound([roundWith(0, null, { render: failure })])).toBeNull();
  });

  it('takes the earlier of equals', () => {
    expect(bestRound([roundWith(0, critiqueWith(1)), roundWith(1, critiqueWith(1))])).toBe(0);
  });

  it('breaks ties by the residual', () => {
    const close = { ...critiqueWith(1), residual: 0.1 };
    const closer = { ...critiqueWith(1), residual: 0.05 };
    expect(bestRound([roundWith(0, close), roundWith(1, closer)])).toBe(1);
  });

  it('never returns a round worse than one it has seen', () => {
    const severity = fc.constantFrom<Severity>(1, 2, 3);
    const scored = fc.array(severity, { maxLength: 5 }).map((list) => critiqueWith(...list));
    const round = fc.oneof(scored, fc.constant(silent), fc.constant(null));
    fc.assert(
      fc.property(fc.array(round, { maxLength: 8 }), (critiques) => {
        const rounds = critiques.map((critique, i) =>
          critique ? roundWith(i, critique) : roundWith(i, null, { render: failure }),
        );
        const best = bestRound(rounds);
        const sums = rounds.flatMap((r) => severityOf(r) ?? []);
        if (sums.length > 0)
          expect(best !== null && rounds[best] && severityOf(rounds[best])).toBe(Math.min(...sums));
        else expect(best === null).toBe(rounds.every(({ render }) => render.kind !== 'rendered'));
      }),
    );
  });
});

describe('selectedRound, last', () => {
  const at = (index: number, step: number, ...severities: Severity[]) =>
    roundWith(index, critiqueWith(...severities), { step });

  it('is the last round that rendered, better or not', () => {
    const broken = roundWith(2, null, { render: failure });
    const rounds = [at(0, 0), at(1, 1, 3, 3), broken];
    expect(selectedRound(rounds, 'last')).toBe(1);
    expect(selectedRound(rounds, 'best')).toBe(0);
    expect(selectedRound([broken], 'last')).toBeNull();
    expect(selectedRound([], 'last')).toBeNull();
  });

  it('is the best of the drafts that were made at the same time', () => {
    expect(selectedRound([at(0, 0), at(1, 1, 3), at(2, 1, 1), at(3, 1, 2)], 'last')).toBe(2);
  });
});
