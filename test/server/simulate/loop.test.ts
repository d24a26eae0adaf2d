import { expect, it, onTestFinished } from 'vitest';
import { severityOf } from '../../../core/stop.ts';
import { createVerisim, type RefineOptions } from '../../../runtime/verisim.ts';
import { simulateIcon } from './support.ts';

/** Refines the icon with our own client, prompts and parser against the simulator. */
async function refined(
  options: Parameters<typeof simulateIcon>[0],
  settings: Partial<RefineOptions> = {},
  wording = 0,
) {
  const { icon, simulator } = await simulateIcon(options);
  const model = (role: string) => ({
    name: `openai:simulated-${role}`,
    baseUrl: simulator.url,
    apiKeyEnv: null,
  });
  const verisim = createVerisim({
    generator: 'generator',
    critic: 'critic',
    models: { generator: model('generator'), critic: model('critic') },
  });
  onTestFinished(() => verisim.close());
  const instructions = `Wording ${wording}.`;
  const { record, error } = await verisim.refine(icon.picture, { task: 'svg', instructions, ...settings });
  if (error !== undefined) throw error;
  return { record, requests: simulator.requests, severities: record.rounds.map(severityOf) };
}

it('ends equivalent after one revision when every named damage is mended', async () => {
  const { record, severities } = await refined({ mend: 1 });
  expect(record.stopReason).toBe('equivalent');
  expect(severities).toEqual([expect.any(Number), 0]);
  expect(severities[0]).toBeGreaterThan(0);
  expect(record.generator.source).toBe('simulated');
  expect(record.critic?.source).toBe('simulated');
});

it('ends at the round limit, after three revisions, when nothing is ever mended', async () => {
  const { record, requests, severities } = await refined({ mend: 0 });
  expect(record.stopReason).toBe('round-limit');
  expect(new Set(severities).size).toBe(1);
  expect(requests).toMatchObject({ chat: 8, replies: { generator: 4, critic: 4 } });
});

it('gets there in the end when half of the damages are mended in a round', async () => {
  const { record, severities } = await refined({ mend: 0.5 }, { rounds: 30 });
  expect(record.stopReason).toBe('equivalent');
  expect(severities).toEqual(severities.toSorted((a, b) => (b ?? 0) - (a ?? 0)));
  expect(severities.length).toBeGreaterThan(2);
});

it('revises with the render shown too', async () => {
  const { record } = await refined({ mend: 1 }, { showRender: true });
  expect(record.stopReason).toBe('equivalent');
  expect(record.rounds).toHaveLength(2);
});

it('recovers from a draft that was cut off', async () => {
  const { record } = await refined({ mend: 1, script: ['truncate'] });
  expect(record.rounds.map(({ render }) => render.kind)).toEqual(
    expect.arrayContaining(['render-failure', 'rendered']),
  );
  expect(record.stopReason).toBe('equivalent');
});

const faults: Parameters<typeof simulateIcon>[0][] = [
  { malformed: 1 },
  { refuseResponseFormat: true },
  { script: ['rate-limit', 'server-error', 'ok', 'rate-limit'], retryAfter: 0 },
];

it.each(faults)('is not led astray by %j', async (fault) => {
  const { record } = await refined({ mend: 1, ...fault });
  expect(record.stopReason).toBe('equivalent');
});

it('keeps the code, unscored, when the critic talks nonsense', async () => {
  const { record } = await refined({ nonsense: 1 });
  expect(record.best).not.toBeNull();
  for (const { critique } of record.rounds) expect(critique?.kind).toBe('critic-failure');
  expect(record.message).toContain('no usable critique');
});

it('never reads a critique that was cut off as perfect', async () => {
  for (let wording = 0; wording < 8; wording++) {
    const script = ['ok' as const, 'truncate' as const, 'truncate' as const];
    const { severities, requests } = await refined({ script }, { rounds: 0 }, wording);
    expect(severities).not.toContain(0);
    expect(requests.faults.truncate).toBeGreaterThan(0);
  }
});
