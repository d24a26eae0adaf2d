import { describe, expect, it } from 'vitest';
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
import { critiqueWith, fakeCritic, fakeGenerator, fakeRenderer, plainPicture } from '../support/fakes.ts';

/** Plays a strategy for two revisions; returns who revised whom. */
async function play(strategy: Strategy, critic?: ReturnType<typeof fakeCritic>) {
  const generator = fakeGenerator();
  const { record } = await run(
    {
      task: svg,
      language: svg.languages[0],
      generator,
      renderer: fakeRenderer(),
      critic,
      pictures: memoryPictures(),
      strategy,
      stop: firstOf(equivalent, roundLimit(2)),
      showRender: false,
    },
    { picture: await plainPicture(), name: 'plain.png', strategy: { name: strategy.name, settings: {} } },
  );
  return { record, parents: record.rounds.map(({ parent }) => parent), calls: generator.requests.length };
}

const steady = () => fakeCritic(critiqueWith(2));

describe('strategies', () => {
  it('direct: one draft, no critique', async () => {
    const { record, parents } = await play(direct());
    expect(parents).toEqual([null]);
    expect(record).toMatchObject({ critic: null, best: 0, stopReason: 'round-limit' });
    expect(record.rounds[0]?.critique).toBeNull();
  });

  it('refine: each round revises the one before', async () => {
    expect((await play(refine(), steady())).parents).toEqual([null, 0, 1]);
  });

  it('refine from the best: a worse round is not built upon', async () => {
    const critic = fakeCritic(critiqueWith(1), critiqueWith(3), critiqueWith(2));
    expect((await play(refine({ from: 'best' }), critic)).parents).toEqual([null, 0, 0]);
  });

  it('best-of-n: independent drafts at once, the best returned', async () => {
    const critic = fakeCritic(critiqueWith(3), critiqueWith(1), critiqueWith(2));
    const { record, parents } = await play(bestOfN({ count: 3 }), critic);
    expect(parents).toEqual([null, null, null]);
    expect(record.best).toBe(1);
  });

  it('best-of-n, then refine: the best draft is revised, and then its revisions', async () => {
    const critic = fakeCritic(critiqueWith(3), critiqueWith(1), critiqueWith(2), critiqueWith(1));
    const { parents } = await play(bestOfNThenRefine({ count: 3 }), critic);
    expect(parents).toEqual([null, null, null, 1, 3]);
  });

  it('beam: the best of each step are each revised several times', async () => {
    const critic = fakeCritic(
      critiqueWith(3),
      critiqueWith(1),
      critiqueWith(3),
      critiqueWith(2),
      critiqueWith(2),
    );
    const { parents, calls } = await play(beam({ width: 2, expand: 2 }), critic);
    expect(parents.slice(0, 8)).toEqual([null, null, null, null, 1, 1, 3, 3]);
    expect(calls).toBe(12);
  });

  it('a draft that succeeds among several ends the run', async () => {
    const critic = fakeCritic(critiqueWith(3), critiqueWith(), critiqueWith(2));
    const { record } = await play(bestOfNThenRefine({ count: 3 }), critic);
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
    const { record, parents } = await play(mine, fakeCritic(critiqueWith(2), critiqueWith(1)));
    expect(parents).toEqual([null, null, 1]);
    expect(record.message).toContain('two-then-one');
  });
});
