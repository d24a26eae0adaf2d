import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Gate, gate } from '../../models/gate.ts';
import { openModel } from '../../models/open.ts';
import { openaiServer, refuses, type Step, streams } from '../support/openai-server.ts';

describe('the gate', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  /** When each of these calls began, in seconds, each over at once. */
  async function begins(entrance: Gate, ...tokens: readonly number[]) {
    const times: number[] = [];
    const start = performance.now();
    const calls = tokens.map(async (size) => {
      const pass = await entrance.enter(size);
      times.push(Math.round((performance.now() - start) / 1000));
      pass.end();
    });
    await vi.advanceTimersByTimeAsync(600_000);
    await Promise.all(calls);
    return times;
  }

  it('holds back what would be too many requests in a minute', async () => {
    const entrance = gate({ concurrency: 8, requestsPerMinute: 2 });
    expect(await begins(entrance, 1, 1, 1, 1, 1)).toEqual([0, 0, 60, 60, 120]);
  });

  it('holds back what would be too many tokens in a minute; what is larger than that goes alone', async () => {
    const entrance = gate({ concurrency: 8, tokensPerMinute: 100 });
    expect(await begins(entrance, 60, 40, 30, 500, 10)).toEqual([0, 0, 60, 120, 180]);
  });

  it('counts what a call took once that is known', async () => {
    const entrance = gate({ concurrency: 8, tokensPerMinute: 100 });
    const pass = await entrance.enter(10);
    pass.used(95);
    pass.end();
    expect(await begins(entrance, 10)).toEqual([60]);
  });

  it('halves its width at a 429, once for all calls under way, and widens by one a round of good answers', async () => {
    const entrance = gate({ concurrency: 8 });
    const passes = await Promise.all(Array.from({ length: 8 }, () => entrance.enter(1)));
    await vi.advanceTimersByTimeAsync(10);
    for (const pass of passes) pass.end(true);
    expect(entrance.width).toBe(4);
    await vi.advanceTimersByTimeAsync(10);
    const round = async (calls: number, overloaded = false) => {
      for (let call = 0; call < calls; call += 1) (await entrance.enter(1)).end(overloaded);
    };
    await round(4);
    expect(entrance.width).toBe(5);
    await round(5 + 6 + 7 + 100);
    expect(entrance.width).toBe(8);
    for (let time = 0; time < 6; time += 1) {
      await vi.advanceTimersByTimeAsync(10);
      await round(1, true);
    }
    expect(entrance.width).toBe(1);
  });

  it('a call that gives up waiting lets the others on', async () => {
    const entrance = gate({ concurrency: 1 });
    const first = await entrance.enter(1);
    const controller = new AbortController();
    const second = entrance.enter(1, controller.signal);
    const third = entrance.enter(1);
    controller.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    first.end();
    (await third).end();
  });
});

it('a model adapts to a server that takes three requests at once', async () => {
  let busy = 0;
  let most = 0;
  const step: Step = async (response, body) => {
    busy += 1;
    most = Math.max(most, busy);
    const full = busy > 3;
    await sleep(full ? 5 : 40);
    busy -= 1;
    return (full ? refuses(429, 'too many', { headers: { 'retry-after': '0.05' } }) : streams('done'))(
      response,
      body,
    );
  };
  const server = await openaiServer(step);
  onTestFinished(() => server.close());
  const model = await openModel({ name: 'openai:m', baseUrl: server.url, retries: 20, concurrency: 16 }, {});
  const parts = [{ type: 'text', text: 'Draw.' }] as const;
  const texts = await Promise.all(Array.from({ length: 48 }, () => model.complete({ parts })));
  expect(texts.map(({ text }) => text)).toEqual(Array.from({ length: 48 }, () => 'done'));
  expect(most).toBeLessThanOrEqual(16);
  // Without adapting, 16 at a time would be refused some three times for each that is answered.
  expect(server.seen.length).toBeLessThan(48 * 2);
});
