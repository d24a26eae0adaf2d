import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { damagedCode } from '../../../server/simulate/draft.ts';
import { hangs, openaiServer, refuses, type Step, streams } from '../../support/openai-server.ts';
import { knownIcon } from '../simulate/support.ts';
import { iconUrl, sharedService, startedService } from './support.ts';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const broken = '<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>';

const shared = sharedService({ references: examples });

describe('rewards', () => {
  let reference: string;
  let code: string;
  beforeAll(async () => {
    reference = await iconUrl();
    code = await readFile(`${examples}icon.svg`, 'utf8');
  });

  it('single samples: perfect, different, broken, a pasted picture, a reply without code', async () => {
    const service = shared();
    const reward = async (body: object) => {
      const response = await service.post('/v1/reward', { task: 'svg', reference, ...body });
      expect(response.status).toBe(200);
      return response.json();
    };
    expect(await reward({ code })).toMatchObject({ reward: 2, item: { kind: 'scored', severity: 0 } });
    expect(await reward({ response: `Here:\n\`\`\`svg\n${code}\n\`\`\`` })).toMatchObject({ reward: 2 });
    expect(await reward({ code, reference: 'icon.png' })).toMatchObject({ reward: 2 });
    const known = await knownIcon();
    const other = Object(await reward({ code: damagedCode(known, known.damages) }));
    expect(other.item.kind).toBe('scored');
    expect(other.reward).toBeCloseTo(2 - other.item.severity / 50);
    expect(await reward({ code: broken })).toMatchObject({
      reward: 0,
      item: { kind: 'not-rendered', failure: { outcome: 'invalid-markup' } },
    });
    expect(await reward({ response: 'I cannot.' })).toMatchObject({
      reward: 0,
      item: { failure: { outcome: 'no-code' } },
    });
    const pasted = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="${reference}" width="9" height="9"/></svg>`;
    expect(Object(await reward({ code: pasted })).reward).toBe(0);
    expect(await reward({ code: broken, normaliser: 'negative-sum' })).toMatchObject({ reward: -4 });
  });

  it('a list: order kept, one bad item among good ones, each its own outcome', async () => {
    const service = shared();
    const good = { task: 'svg', reference, code };
    const items = Array.from({ length: 256 }, () => good);
    const wrong: unknown[] = [{ ...good, reference: 'data:image/png;base64,AAAA' }, 7, { task: 'svg' }];
    const response = await service.post('/v1/reward', {
      items: [...items.slice(0, 100), ...wrong, { ...good, code: broken }, ...items.slice(100)],
      normaliser: 'batch',
    });
    const { rewards, items: judged, usage } = Object(await response.json());
    expect(rewards).toHaveLength(260);
    expect(rewards.slice(100, 104)).toEqual([null, null, null, 0]);
    expect(new Set([...rewards.slice(0, 100), ...rewards.slice(104)])).toEqual(new Set([2]));
    expect(judged.slice(100, 103).map(({ status }: { status: number }) => status)).toEqual([400, 400, 400]);
    expect(usage.calls).toBe(256);
    const empty = await service.post('/v1/reward', { items: [] });
    expect(await empty.json()).toMatchObject({ rewards: [], items: [] });
    const single = await service.post('/v1/reward', { task: 'svg', reference: '../icon.png', code });
    expect(single.status).toBe(400);
  });

  it('OpenRLHF gets lists of numbers, of empty lists too; slime a bare number, or an object', async () => {
    const service = shared();
    const path = '/v1/rewards/openrlhf?task=svg';
    const label = JSON.stringify({ task: 'svg', reference });
    const body = {
      query: [`Draw it.${code}`, `Draw it.${broken}`, `Draw it.${code}`, 'Draw it.'],
      prompts: Array.from({ length: 4 }, () => 'Draw it.'),
      labels: [label, reference, null, label],
    };
    const reply = Object(await (await service.post(path, body)).json());
    expect(reply.rewards).toEqual([2, 0, 0, 0]);
    expect(reply.scores).toEqual([1, 0, 0, 0]);
    expect(reply.extra_logs).toMatchObject({
      rendered: [1, 0, 0, 0],
      error: [0, 0, 1, 0],
      error_sample: [0, 0, 1, 0],
      error_service: [0, 0, 0, 0],
    });
    const nothing = await service.post(path, { query: [], prompts: [], labels: [] });
    expect(await nothing.json()).toMatchObject({ rewards: [], scores: [], extra_logs: { error: [] } });

    const sample = { prompt: 'Draw it.', response: code, label: { task: 'svg', reference } };
    expect(await (await service.post('/v1/rewards/slime', sample)).text()).toBe('2');
    const object = await service.post('/v1/rewards/slime?as=object&normaliser=negative-sum', sample);
    expect(await object.json()).toEqual({ reward: 0, kind: 'scored' });
  });

  it('what is wrong with a whole request is refused, so that nobody trains on zeros', async () => {
    const service = shared();
    const refused = async (path: string, body: object) => {
      const response = await service.post(path, body);
      const { message, param } = Object(await response.json()).error;
      return [response.status, param, message];
    };
    const openrlhf = (labels: unknown[], query = '?task=svg') =>
      refused(`/v1/rewards/openrlhf${query}`, { query: labels.map(() => code), prompts: [], labels });
    const slime = (label: unknown, query = '') =>
      refused(`/v1/rewards/slime${query}`, { prompt: '', response: code, label });

    expect(await openrlhf([null, null])).toEqual([
      400,
      'labels[0].reference',
      expect.stringMatching(/^None of the 2 samples can be judged\. The first: .*there is no reference/s),
    ]);
    expect(await openrlhf([reference], '')).toEqual([
      400,
      'labels[0].task',
      expect.stringMatching(/give the label a "task", or the URL \?task=/),
    ]);
    expect(await openrlhf([reference], '?task=poem')).toEqual([400, 'task', expect.any(String)]);
    expect(await openrlhf([reference], '?task=svg&critic=none')).toEqual([400, 'critic', expect.any(String)]);
    expect(await slime({ task: 'poem', reference })).toEqual([400, 'label.task', expect.any(String)]);
    expect(await slime('nowhere.png', '?task=svg')).toEqual([
      400,
      'label.reference',
      expect.stringContaining('no picture "nowhere.png"'),
    ]);
    expect(await slime('data:image/png;base64,AAAA', '?task=svg')).toEqual([
      400,
      'label.reference',
      expect.any(String),
    ]);
    expect(await slime(null, '?task=svg')).toEqual([400, 'label.reference', expect.any(String)]);
    const unequal = { query: [code, code], prompts: [], labels: [reference] };
    expect(await refused('/v1/rewards/openrlhf?task=svg', unequal)).toEqual([
      400,
      'labels',
      expect.any(String),
    ]);

    const counted = '/v1/rewards/slime?task=svg&errors=count&normaliser=negative-sum';
    const body = { prompt: '', response: code, label: 'nowhere.png' };
    expect(await (await service.post(counted, body)).json()).toBe(-4);
    expect(await (await service.post(`${counted}&as=object`, body)).json()).toEqual({
      reward: -4,
      kind: 'error',
      error: expect.stringContaining('nowhere.png'),
    });
    const metrics = await (await service.ask('/metrics')).text();
    expect(metrics).toMatch(/verisim_call_errors_total\{what="reward",code="invalid_image"\} [1-9]/);
    const line = service
      .logged()
      .split('\n')
      .find((each) => each.includes('labels[0].task'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 40, what: 'reward', items: 1, failed: 1 });
    expect(service.logged()).not.toContain('base64');
  });

  it('a critic that is down or hangs is no verdict: told as such, and to be tried again where all are without one', async () => {
    const models = {
      down: { name: 'openai:none', baseUrl: 'http://127.0.0.1:9/v1', retries: 0, apiKeyEnv: null },
    };
    const service = await startedService({}, { models, critic: 'down' });
    const good = { task: 'svg', reference, code };
    const list = await service.post('/v1/reward', { items: [good, { ...good, code: broken }] });
    const told = await list.text();
    expect(JSON.parse(told)).toMatchObject({ rewards: [null, 0], items: [{ status: 502 }, {}] });
    // Where the operator's servers stand is no business of clients.
    expect(told).not.toContain('127.0.0.1:9');
    const body = { prompt: '', response: code, label: good };
    const slime = await service.post('/v1/rewards/slime', body);
    expect([slime.status, slime.headers.get('retry-after')]).toEqual([503, '5']);
    const hung = await openaiServer(hangs);
    const slow = { slow: { name: 'openai:slow', baseUrl: hung.url, apiKeyEnv: null } };
    const impatient = await startedService({ callTime: 0.3 }, { models: slow, critic: 'slow' });
    const late = await impatient.post('/v1/reward', { items: [good] });
    expect(await late.json()).toMatchObject({ rewards: [null], items: [{ error: { code: 'timeout' } }] });
    await hung.close();
    const named = await service.post('/v1/reward', { ...good, critic: 'embedded' });
    expect(await named.json()).toMatchObject({ item: { kind: 'scored', severity: 0 } });
  });
});

it('a critic that takes no schema is asked with one only once, however many rewards follow', async () => {
  const plain: Step = (response, body) =>
    ('response_format' in body
      ? refuses(400, 'response_format is not supported')
      : streams('{"errors": []}'))(response, body);
  const upstream = await openaiServer(plain);
  const models = { judge: { name: 'openai:judge', baseUrl: upstream.url, apiKeyEnv: null } };
  const service = await startedService({}, { models, critic: 'judge' });
  const code = await readFile(`${examples}icon.svg`, 'utf8');
  const sample = { task: 'svg', reference: await iconUrl(), code };
  for (const calls of [2, 3, 4]) {
    expect(await (await service.post('/v1/reward', sample)).json()).toMatchObject({ reward: 2 });
    expect(upstream.seen).toHaveLength(calls);
  }
  await upstream.close();
});

describe('single calls', () => {
  it('more than may wait are refused as a whole, before any of them is begun', async () => {
    const service = await startedService({ calls: 1, queue: 1 });
    const render = (count: number) =>
      service.post('/v1/render', {
        items: Array.from({ length: count }, () => ({ task: 'svg', code: broken })),
      });
    const refused = await render(3);
    expect([refused.status, Object(await refused.json()).error.code]).toEqual([429, 'queue_full']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Object(await (await render(2)).json()).items).toHaveLength(2);
    expect(await (await service.ask('/metrics')).text()).toContain(
      'verisim_calls_total{what="render",outcome="invalid-markup"} 2',
    );
  });

  it('render, critique and score, one or several', async () => {
    const service = shared();
    const code = await readFile(`${examples}icon.svg`, 'utf8');
    const reference = await iconUrl();
    const size = { width: 64, height: 64 };
    const png = await service.post(
      '/v1/render',
      { task: 'svg', code, size },
      { headers: { accept: 'image/png' } },
    );
    expect([png.headers.get('content-type'), png.status]).toEqual(['image/png', 200]);
    const renders = await service.post('/v1/render', {
      items: [{ task: 'svg', code, size }, { task: 'svg', code: broken }, { task: 'poem' }],
    });
    const { items } = Object(await renders.json());
    expect(items).toMatchObject([
      { kind: 'rendered', width: 64, hacks: [] },
      { kind: 'render-failure', outcome: 'invalid-markup' },
      { kind: 'error', status: 400 },
    ]);
    const critique = await service.post('/v1/critique', { task: 'svg', reference, candidate: reference });
    expect(await critique.json()).toMatchObject({ kind: 'critique', severitySum: 0 });
    const score = { candidate: { task: 'svg', code }, reference: { image: reference } };
    const ssim = await service.post('/v1/score', { metric: 'ssim', ...score });
    expect(Object(await ssim.json()).value).toBeGreaterThan(0.99);
    const scores = await service.post('/v1/score', {
      metric: 'teds',
      items: [
        {
          candidate: { task: 'table', code: '<table><tr><td>1</td></tr></table>' },
          reference: { task: 'table', code: '|1|\n|-|' },
        },
        score,
      ],
    });
    expect(Object(await scores.json()).items).toMatchObject([
      { kind: 'scored' },
      { kind: 'error', status: 400 },
    ]);
  });
});
