import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RenderError } from '../../core/errors.ts';
import { createVerisim } from '../../runtime/verisim.ts';
import { critiqueWith, fakeCritic, fakeGenerator } from '../support/fakes.ts';
import { examples, simulatorOf } from '../support/simulator.ts';

const square = (fill: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h4v4H1z" fill="${fill}"/></svg>`;

it('asks no model for code that could not be drawn', async () => {
  const simulator = await simulatorOf('chart');
  await using verisim = createVerisim({
    models: { simulated: { name: 'openai:simulated-generator', baseUrl: simulator.url, apiKeyEnv: null } },
    chromium: '/nowhere/chromium',
  });
  const table = join(examples, 'table.png');
  await expect(
    verisim.refine(table, { task: 'table', generator: 'simulated', critic: 'simulated' }),
  ).rejects.toThrow(RenderError);
  expect(simulator.requests.chat).toBe(0);
});

it('takes a generator, a critic and a strategy of one’s own', async () => {
  await using verisim = createVerisim();
  const { record, code } = await verisim.refine(join(examples, 'icon.png'), {
    task: 'svg',
    generator: fakeGenerator((_, index) => square(['red', 'lime', 'blue'][index] ?? 'red')),
    critic: fakeCritic(critiqueWith(3), critiqueWith(1), critiqueWith(2)),
    strategy: {
      name: 'mine',
      settings: { tries: 3 },
      next: (rounds) => (rounds.length < 3 ? [{ parent: null }] : []),
    },
  });
  expect(record).toMatchObject({ best: 1, strategy: { name: 'mine', settings: { tries: 3 } } });
  expect(record.rounds.map(({ parent }) => parent)).toEqual([null, null, null]);
  expect(code).toBe(square('lime'));
});

it('plays best-of-n and self-refine by name, with the generator’s model as its own critic', async () => {
  const simulator = await simulatorOf('chart', { mend: 1 });
  await using verisim = createVerisim({
    models: {
      writer: { name: 'openai:simulated-generator', baseUrl: simulator.url, apiKeyEnv: null },
      critic: { name: 'openai:simulated-critic', baseUrl: simulator.url, apiKeyEnv: null },
    },
    generator: 'writer',
    critic: 'critic',
  });
  const chart = join(examples, 'chart.png');
  const several = await verisim.refine(chart, { task: 'chart', strategy: 'best-of-n', drafts: 3 });
  expect(several.record.rounds.map(({ step }) => step)).toEqual([0, 0, 0]);
  const alone = await verisim.refine(chart, { task: 'chart', strategy: 'self-refine' });
  expect(alone.record.critic?.name).toContain('simulated-generator');
  expect(alone.record.stopReason).toBe('equivalent');
  const once = await verisim.refine(chart, { task: 'chart', strategy: 'direct' });
  expect(once.record).toMatchObject({ critic: null, best: 0 });
});
