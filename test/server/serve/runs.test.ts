import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { RunEvent } from '../../../core/event.ts';
import { type LiveRun, reduceEvent } from '../../../core/live.ts';
import { RunRecord } from '../../../core/record.ts';
import { RunSummary } from '../../../server/serve/runs/request.ts';
import { emptyFolder } from '../../support/folder.ts';
import { icon, iconUrl, type Started, sharedService, simulated, startedService } from './support.ts';

const shared = sharedService();

async function begun(service: Started, body: object = {}): Promise<string> {
  const response = await service.post('/v1/runs', { task: 'svg', image: await iconUrl(), ...body });
  expect(response.status).toBe(202);
  const { id } = RunSummary.parse(await response.json());
  expect(response.headers.get('location')).toBe(`/v1/runs/${id}`);
  return id;
}

/** The events of a run to its end, or as many as are wanted. */
async function eventsOf(service: Started, id: string, { after = 0, count = Infinity } = {}) {
  const headers: Record<string, string> = after > 0 ? { 'last-event-id': String(after) } : {};
  const response = await service.ask(`/v1/runs/${id}/events`, { headers });
  const events: { id: number; event: RunEvent }[] = [];
  if (!response.body) return events;
  let rest = '';
  const decoder = new TextDecoder();
  for await (const piece of response.body) {
    rest += decoder.decode(piece, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, number, data] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? [];
      if (data === undefined) continue;
      events.push({ id: Number(number), event: RunEvent.parse(JSON.parse(data)) });
      if (events.length >= count) return events;
    }
  }
  return events;
}

async function recordOf(service: Started, id: string): Promise<RunRecord> {
  const reply: unknown = await (await service.ask(`/v1/runs/${id}`)).json();
  return RunRecord.parse(Object(reply).record);
}

describe('POST /v1/runs', () => {
  it('a run streams its events, and leaves record, pictures, code and report', async () => {
    const service = shared();
    const id = await begun(service, { name: 'my icon' });
    const events = await eventsOf(service, id);
    expect(events[0]?.event).toMatchObject({ type: 'run-started', id, input: { name: 'my icon' } });
    expect(events.map((entry) => entry.id)).toEqual(events.map((_, index) => index + 1));
    const live = events.reduce<LiveRun | null>((run, { event }) => reduceEvent(run, event), null);

    const record = await recordOf(service, id);
    expect(live?.record).toEqual(record);
    expect(record).toMatchObject({ id, stopReason: 'equivalent', generator: { source: 'simulated' } });

    const picture = await service.ask(`/v1/runs/${id}/artifacts/${record.input.picture}`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect((await picture.bytes()).subarray(1, 4)).toEqual(new TextEncoder().encode('PNG'));
    const code = await service.ask(`/v1/runs/${id}/code`);
    expect(await code.text()).toBe(record.rounds[record.best ?? -1]?.code);
    expect(code.headers.get('content-disposition')).toContain('final.svg');
    const report = await service.ask(`/v1/runs/${id}/report`);
    expect(await report.text()).toContain(record.input.picture);
    const list = await (await service.ask('/v1/runs')).json();
    expect(Object(list).data[0]).toMatchObject({ id, status: 'finished', severity: 0 });

    // From where a client left off; and nothing more once it has seen the end.
    const rest = await eventsOf(service, id, { after: 3 });
    expect(rest).toEqual(events.slice(3));
    const done = await service.ask(`/v1/runs/${id}/events`, {
      headers: { 'last-event-id': String(events.length) },
    });
    expect(done.status).toBe(204);
  });

  it('takes a file upload with its settings as fields', async () => {
    const service = shared();
    const form = new FormData();
    form.set('image', new Blob([await readFile(icon)]), '../../evil\nname.png');
    form.set('task', 'svg');
    form.set('rounds', '0');
    form.set('showRender', 'true');
    const response = await service.ask('/v1/runs', { method: 'POST', body: form });
    const { id, name } = RunSummary.parse(await response.json());
    expect(name).not.toMatch(/[\n/]/);
    await eventsOf(service, id);
    expect((await recordOf(service, id)).strategy.settings).toMatchObject({ rounds: 0, showRender: true });
  });

  it('the same Idempotency-Key gives the same run, and another request with it is refused', async () => {
    const service = shared();
    const headers = { 'idempotency-key': 'upload-7' };
    const body = { task: 'svg', image: await iconUrl(), rounds: 0 };
    const [first, second] = await Promise.all([1, 2].map(() => service.post('/v1/runs', body, { headers })));
    expect([first?.status, second?.status].sort()).toEqual([200, 202]);
    const ids = await Promise.all([first, second].map(async (each) => Object(await each?.json()).id));
    expect(ids[0]).toBe(ids[1]);
    const other = await service.post('/v1/runs', { ...body, rounds: 1 }, { headers });
    expect(other.status).toBe(409);
  });

  it('DELETE ends a run and keeps what is done', async () => {
    const { service } = await simulated({ latency: 300, mend: 0 });
    const id = await begun(service, { rounds: 50 });
    const seen = await eventsOf(service, id, { count: 8 });
    expect(seen).toHaveLength(8);
    expect((await service.ask(`/v1/runs/${id}`, { method: 'DELETE' })).status).toBe(202);
    const events = await eventsOf(service, id);
    expect(events.at(-1)?.event).toMatchObject({
      type: 'run-finished',
      record: { stopReason: 'cancelled', best: 0 },
    });
  });

  it('beyond the queue: 429 with Retry-After, and the service goes on', async () => {
    const { service } = await simulated({ latency: 200, mend: 0 }, { runs: 1, queue: 1 });
    const [first, second] = [await begun(service), await begun(service)];
    const refused = await service.post('/v1/runs', { task: 'svg', image: await iconUrl() });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused.json()).toMatchObject({ error: { code: 'queue_full' } });
    for (const id of [first, second]) await service.ask(`/v1/runs/${id}`, { method: 'DELETE' });
    await eventsOf(service, second);
    await begun(service, { rounds: 0 });
  });

  it('what cannot be is told at once', async () => {
    const service = shared();
    const image = await iconUrl();
    const wrong = async (body: object) => {
      const response = await service.post('/v1/runs', body);
      return [response.status, Object(await response.json()).error.param];
    };
    expect(await wrong({ task: 'svg', image: 'data:image/png;base64,AAAA' })).toEqual([400, 'image']);
    expect(await wrong({ task: 'svg', image: '/etc/passwd' })).toEqual([400, 'image']);
    expect(await wrong({ task: 'poem', image })).toEqual([400, 'task']);
    expect(await wrong({ image })).toEqual([400, 'task']);
    expect(await wrong({ task: 'svg', image, generator: 'openai:gpt-5' })).toEqual([400, 'generator']);
    expect(await wrong({ task: 'svg', image, prompts: '/etc' })).toEqual([400, 'prompts']);
    expect(await wrong({ task: 'svg', image, rounds: 1000 })).toEqual([400, 'rounds']);
    expect(await wrong({ task: 'svg', image, language: 'latex' })).toEqual([400, 'language']);
  });
});

describe('a restart', () => {
  it('keeps finished runs; one that was cut off goes on, and pays for no answered call twice', async () => {
    const folder = await emptyFolder();
    const { service, config, simulator } = await simulated({ latency: 150, mend: 0 }, { folder });
    const finished = await begun(service, { rounds: 0 });
    await eventsOf(service, finished);
    const before = simulator.requests.chat;
    const id = await begun(service, { rounds: 4 });
    await eventsOf(service, id, { count: 9 });
    await service.close();
    const paid = simulator.requests.chat - before;

    const again = await startedService({ folder }, config);
    expect((await recordOf(again, finished)).stopReason).toBe('round-limit');
    const events = await eventsOf(again, id);
    const record = await recordOf(again, id);
    expect(record).toMatchObject({ stopReason: 'round-limit', id });
    expect(record.rounds).toHaveLength(5);
    expect(events.filter(({ event }) => event.type === 'run-started')).toHaveLength(2);
    // Ten calls make five rounds; one may have been under way when the server ended.
    expect(paid).toBeGreaterThanOrEqual(2);
    expect(simulator.requests.chat - before).toBeLessThanOrEqual(11);
    expect(record.totals.usage.replayedCalls).toBeGreaterThanOrEqual(paid - 1);
  });

  it('a graceful stop lets a run end, and tells who waits for it', async () => {
    const folder = await emptyFolder();
    const { service, config } = await simulated({ latency: 100, mend: 0 }, { folder, drainTime: 30 });
    const id = await begun(service, { rounds: 1 });
    const events = eventsOf(service, id);
    await eventsOf(service, id, { count: 1 });
    await service.close();
    expect((await events).at(-1)?.event).toMatchObject({
      type: 'run-finished',
      record: { stopReason: 'round-limit' },
    });
    const again = await startedService({ folder }, config);
    expect((await recordOf(again, id)).rounds).toHaveLength(2);
  });

  it('a second server is refused the folder of the first', async () => {
    const { folder } = await startedService();
    await expect(startedService({ folder })).rejects.toThrow(/already at work.*name another --folder/);
  });
});
