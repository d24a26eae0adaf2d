import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Critic } from '../../core/critic.ts';
import { critiqueOf } from '../../core/critique.ts';
import { BudgetReached } from '../../core/errors.ts';
import type { RunEvent } from '../../core/event.ts';
import { bestRound } from '../../core/guard.ts';
import { RunRecord } from '../../core/record.ts';
import {
  equivalent,
  exhausted,
  firstOf,
  roundLimit,
  severityOf,
  stalled,
  unscored,
} from '../../core/stop.ts';
import type { Strategy } from '../../core/strategy.ts';
import { svg } from '../../core/tasks/svg.ts';
import { noUsage } from '../../core/usage.ts';
import { beam } from '../../graphs/strategies/beam.ts';
import { bestOfN, bestOfNThenRefine } from '../../graphs/strategies/best-of-n.ts';
import { direct } from '../../graphs/strategies/direct.ts';
import { refine } from '../../graphs/strategies/refine.ts';
import type { ChatModel } from '../../models/chat.ts';
import { openBudget } from '../../runtime/budget.ts';
import { meteredModel } from '../../runtime/metered.ts';
import { run } from '../../runtime/run.ts';
import { memoryPictures } from '../../tools/image/picture.ts';
import { discrepancies, fakeRenderer, plainPicture } from '../support/fakes.ts';

/** What becomes of one draft of a simulated run. */
const fate = fc.record({
  outcome: fc.constantFrom('rendered', 'rendered', 'rendered', 'broken', 'no-code', 'hack'),
  criticised: fc.constantFrom('yes', 'yes', 'yes', 'unusable', 'dead'),
  severities: fc.array(fc.constantFrom(1 as const, 2 as const, 3 as const), { maxLength: 6 }),
  dead: fc.integer({ min: 0, max: 30 }).map((draw) => draw === 0),
  exhausted: fc.integer({ min: 0, max: 20 }).map((draw) => draw === 0),
  output: fc.integer({ min: 1, max: 300 }),
});
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never;

const plain: Fate = {
  outcome: 'rendered',
  criticised: 'yes',
  severities: [],
  dead: false,
  exhausted: false,
  output: 1,
};

const strategies: fc.Arbitrary<Strategy> = fc.oneof(
  fc.constant(direct()),
  fc.constantFrom('last' as const, 'best' as const).map((from) => refine({ from })),
  fc.integer({ min: 1, max: 4 }).map((count) => bestOfN({ count })),
  fc.integer({ min: 1, max: 3 }).map((count) => bestOfNThenRefine({ count })),
  fc.record({ width: fc.constantFrom(1, 2), expand: fc.constantFrom(1, 2) }).map(beam),
);

const simulated = fc.record({
  strategy: strategies,
  stages: fc.constantFrom('nodes' as const, 'together' as const),
  rounds: fc.nat(4),
  patience: fc.constantFrom(undefined, 1, 2),
  tokens: fc.option(fc.nat(3000), { nil: undefined }),
  cost: fc.option(fc.double({ min: 0.0001, max: 0.02, noNaN: true }), { nil: undefined }),
  fates: fc.array(fate, { minLength: 1, maxLength: 8 }),
});
type Simulated = typeof simulated extends fc.Arbitrary<infer T> ? T : never;

const prices = { input: 1, output: 10 };

async function play({ strategy, stages, rounds, patience, tokens, cost, fates }: Simulated) {
  const fateOf = (index: number): Fate => fates[index % fates.length] ?? plain;
  const budget = openBudget({ scope: 'run', limits: { tokens, cost } });
  let largest = { tokens: 0, cost: 0 };
  /** A model whose replies are as long as the draft's fate says; the meter is the real one. */
  const model: ChatModel = {
    name: 'simulated',
    source: 'simulated',
    async complete({ sample = 0 }) {
      await null;
      const outputTokens = fateOf(sample).output;
      const usage = {
        ...noUsage,
        calls: 1,
        inputTokens: 40,
        outputTokens,
        cost: (40 + 10 * outputTokens) / 1e6,
      };
      largest = {
        tokens: Math.max(largest.tokens, 40 + outputTokens),
        cost: Math.max(largest.cost, usage.cost),
      };
      return { text: '', truncated: false, usage };
    },
  };
  const metered = meteredModel(model, { prices }, [budget]);
  const ask = (sample = 0) =>
    metered.complete({
      parts: [{ type: 'text', text: 'x'.repeat(160) }],
      sampling: { maxTokens: 300 },
      sample,
    });
  const critic: Critic = {
    name: 'simulated',
    source: 'simulated',
    async critique({ sample = 0 }) {
      const { criticised, severities } = fateOf(sample);
      const { usage } = await ask(sample);
      if (criticised === 'dead') throw new Error('the critic is dead');
      if (criticised === 'unusable') return { kind: 'critic-failure', critic: 'c', reason: 'no JSON', usage };
      return critiqueOf({ critic: 'c', discrepancies: discrepancies(...severities), usage });
    },
  };
  const events: RunEvent[] = [];
  const picture = await plainPicture();
  const hacks = [{ kind: 'blank' as const, message: 'blank' }];
  const { record, error } = await run(
    {
      task: svg,
      language: svg.languages[0],
      generator: {
        name: 'simulated',
        source: 'simulated',
        async generate({ sample = 0 }) {
          const { outcome, dead, exhausted: over } = fateOf(sample);
          if (dead) throw new Error('the model is dead');
          const { usage } = await ask(sample);
          return {
            code: outcome === 'no-code' ? '' : `${outcome} ${sample}`,
            reply: '',
            usage,
            exhausted: over,
          };
        },
      },
      critic,
      renderer: fakeRenderer((code) => {
        if (code.startsWith('hack')) return { kind: 'rendered', picture, hacks };
        if (!code.startsWith('broken')) return undefined;
        return { kind: 'render-failure', outcome: 'runtime-error', message: 'no' };
      }),
      pictures: memoryPictures(),
      strategy,
      stop: firstOf(
        equivalent,
        roundLimit(rounds),
        exhausted,
        unscored(2),
        ...(patience === undefined ? [] : [stalled(patience)]),
      ),
      showRender: false,
      stages,
    },
    {
      picture,
      name: 'p',
      strategy: { name: strategy.name, settings: {} },
      budgets: () => budget.left(),
      emit: (event) => events.push(event),
    },
  );
  return { record, error, events, largest, refused: budget.reached !== undefined };
}

describe('any run', () => {
  it('returns the least severity seen, keeps its budgets to within one call, ends for one reason, in legal order', {
    timeout: 600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(simulated, async (given) => {
        const { record, error, events, largest, refused } = await play(given);
        RunRecord.parse(record);

        const severities = record.rounds.flatMap((round) => severityOf(round) ?? []);
        const best = record.best === null ? undefined : record.rounds[record.best];
        expect(record.best).toBe(bestRound(record.rounds));
        if (severities.length > 0) expect(best && severityOf(best)).toBe(Math.min(...severities));

        for (const { kind, left } of record.budgets ?? []) {
          if (kind !== 'time') expect(left).toBeGreaterThanOrEqual(-largest[kind] - 1e-12);
        }
        // What the meter counted is what the rounds tell, but for calls lost to an error.
        const [counted] = record.budgets ?? [];
        if (counted?.kind === 'tokens' && !error) {
          const { inputTokens, outputTokens } = record.totals.usage;
          expect(counted.limit - counted.left).toBe(inputTokens + outputTokens);
        }

        expect(error).not.toBeInstanceOf(BudgetReached);
        expect(record.error === null).toBe(error === undefined);
        if (error) expect(record.stopReason).toBe('failed');
        if (record.stopReason.startsWith('budget')) expect(refused).toBe(true);
        legal(events, record, refused);
      }),
      { numRuns: Number(process.env['VERISIM_PROPERTY_RUNS'] ?? 150) },
    );
  });
});

/** run-started first, run-finished last; what a round does lies between its beginning and its end. */
function legal(events: readonly RunEvent[], record: RunRecord, refused: boolean): void {
  const types = events.map(({ type }) => type);
  expect(types[0]).toBe('run-started');
  expect(types.at(-1)).toBe('run-finished');
  expect(types.filter((type) => type === 'run-started' || type === 'run-finished')).toHaveLength(2);
  const open = new Set<number>();
  const finished: number[] = [];
  for (const event of events) {
    if (event.type === 'round-started') {
      expect(open.has(event.round)).toBe(false);
      open.add(event.round);
    } else if (event.type === 'round-finished') {
      expect(open.delete(event.round.index)).toBe(true);
      finished.push(event.round.index);
    } else if ('round' in event) expect(open.has(event.round)).toBe(true);
  }
  expect(record.rounds.map(({ index }) => index)).toEqual(record.rounds.map((_, place) => place));
  expect(finished).toHaveLength(record.rounds.length);
  // A round that was begun and has no end was refused by a budget, or something broke.
  if (open.size > 0) expect(record.error !== null || refused).toBe(true);
}
