import { describe, expect, it } from 'vitest';
import type { Critic } from '../../core/critic.ts';
import type { Severity } from '../../core/discrepancy.ts';
import { bestRound } from '../../core/guard.ts';
import { equivalent, firstOf, roundLimit } from '../../core/stop.ts';
import type { Strategy } from '../../core/strategy.ts';
import { svg } from '../../core/tasks/svg.ts';
import { beam } from '../../graphs/strategies/beam.ts';
import { bestOfN, bestOfNThenRefine } from '../../graphs/strategies/best-of-n.ts';
import { direct } from '../../graphs/strategies/direct.ts';
import { refine } from '../../graphs/strategies/refine.ts';
import { run } from '../../runtime/run.ts';
import { memoryPictures } from '../../tools/image/picture.ts';
import { critiqueWith, fakeGenerator, fakeRenderer, plainPicture } from '../support/fakes.ts';

/** Plays a strategy for two revisions, the round of each index criticised so; returns who revised whom. */
async function play(strategy: Strategy, ...severities: readonly (readonly Severity[])[]) {
  // Drafts made at once end in any order: their code tells which they are, and their render tells the critic.
  const generator = fakeGenerator((_, index) => '#'.repeat(index + 1));
  const renders = await Promise.all(Array.from({ length: 16 }, (_, index) => plainPicture(index + 1)));
  const critic: Critic = {
    name: 'by-index',
    source: 'simulated',
    async critique({ candidate }) {
      const index = renders.findIndex(({ digest }) => digest === candidate.digest);
      return critiqueWith(...(severities[Math.min(index, severities.length - 1)] ?? []));
    },
  };
  const { record } = await run(
    {
      task: svg,
      language: svg.languages[0],
      generator,
      renderer: fakeRenderer(),
      critic: severities.length > 0 ? critic : undefined,
      pictures: memoryPictures(),
      strategy,
      stop: firstOf(equivalent, roundLimit(2)),
      showRender: false,
    },
    { picture: await plainPicture(), name: 'plain.png', strategy: { name: strategy.name, settings: {} } },
  );
  return { record, parents: record.rounds.map(({ parent }) => parent), calls: generator.requests.length };
}

describe('strategies', () => {
  it('direct: one draft, no critique', async () => {
    const { record, parents } = await play(direct());
    expect(parents).toEqual([null]);
    expect(record).toMatchObject({ critic: null, best: 0, stopReason: 'round-limit' });
    expect(record.rounds[0]?.critique).toBeNull();
  });

  it('refine: each round revises the one before', async () => {
    expect((await play(refine(), [2])).parents).toEqual([null, 0, 1]);
  });

  it('refine from the best: a worse round is not built upon', async () => {
    expect((await play(refine({ from: 'best' }), [1], [3], [2])).parents).toEqual([null, 0, 0]);
  });

  it('best-of-n: independent drafts at once, the best returned', async () => {
    const { record, parents } = await play(bestOfN({ count: 3 }), [3], [1], [2]);
    expect(parents).toEqual([null, null, null]);
    expect(record.best).toBe(1);
  });

  it('best-of-n, then refine: the best draft is revised, and then its revisions', async () => {
    const { parents } = await play(bestOfNThenRefine({ count: 3 }), [3], [1], [2], [1]);
    expect(parents).toEqual([null, null, null, 1, 3]);
  });

  it('beam: the best of each step are each revised several times', async () => {
    const { parents, calls } = await play(beam({ width: 2, expand: 2 }), [3], [1], [3], [2], [2]);
    expect(parents.slice(0, 8)).toEqual([null, null, null, null, 1, 1, 3, 3]);
    expect(calls).toBe(12);
  });

  it('a draft that succeeds among several ends the run', async () => {
    const { record } = await play(bestOfNThenRefine({ count: 3 }), [3], [], [2]);
    expect(record).toMatchObject({ stopReason: 'equivalent', best: 1 });
  });

  it('a strategy of one’s own is a function of a few lines', async () => {
    const mine: Strategy = {
      name: 'two-then-one',
      settings: {},
      next: (rounds) => {
        if (rounds.length === 0) return [{ parent: null }, { parent: null }];
        const best = rounds[bestRound(rounds) ?? 0];
        return rounds.length === 2 && best ? [{ parent: best }] : [];
      },
    };
    const { record, parents } = await play(mine, [2], [1]);
    expect(parents).toEqual([null, null, 1]);
    expect(record.message).toContain('two-then-one');
  });
});
