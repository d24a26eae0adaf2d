import { afterEach, describe, expect, it } from 'vitest';
import { ModelError } from '../../core/errors.ts';
import type { Retry } from '../../core/generator.ts';
import { openModel } from '../../models/open.ts';
import {
  cuts,
  hangs,
  type OpenAiServer,
  openaiServer,
  refuses,
  type Step,
  stalls,
  streams,
} from '../support/openai-server.ts';

const opened: OpenAiServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});
async function serve(...steps: [Step, ...Step[]]) {
  const server = await openaiServer(...steps);
  opened.push(server);
  return server;
}
const open = (url: string, spec: Partial<Parameters<typeof openModel>[0]> = {}, env = {}) =>
  openModel({ name: 'openai:model', baseUrl: url, ...spec }, env);
const parts = [{ type: 'text', text: 'Draw.' }] as const;
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('the call should fail');
    },
    (error: unknown) => error,
  );

describe('a call that fails is tried again', () => {
  it.each<[string, Step]>([
    ['HTTP 429', refuses(429, 'slow down')],
    ['HTTP 500', refuses(500, 'oops')],
    ['HTTP 503', refuses(503, 'loading')],
    ['HTTP 408', refuses(408, 'timed out')],
    ['HTTP 409', refuses(409, 'conflict')],
    ['connection cut', cuts('import mat')],
    ['no byte came for 1 s', hangs],
    ['no byte came for 1 s', stalls('import mat')],
  ])('after %s', async (reason, step) => {
    const server = await serve(step, streams('fine'));
    const model = await open(server.url, reason.includes('no byte') ? { timeout: 1 } : {});
    const retries: Retry[] = [];
    const { text } = await model.complete({ parts, onRetry: (retry) => retries.push(retry) });
    expect(text).toBe('fine');
    expect(retries).toEqual([
      { attempt: 1, wait: expect.any(Number), reason: expect.stringContaining(reason) },
    ]);
    expect(server.seen.length).toBe(2);
    if (step === hangs) await server.seen[0]?.closed;
  });

  it('once Retry-After is over, in seconds', async () => {
    const server = await serve(
      refuses(429, 'slow down', { headers: { 'retry-after': '1' } }),
      streams('fine'),
    );
    const waits: number[] = [];
    const began = performance.now();
    await (await open(server.url)).complete({ parts, onRetry: ({ wait }) => waits.push(wait) });
    expect(waits).toEqual([1000]);
    expect(performance.now() - began).toBeGreaterThan(990);
  });

  it('once Retry-After is over, as a date', async () => {
    const date = new Date(Date.now() + 3000).toUTCString();
    const server = await serve(
      refuses(503, 'loading', { headers: { 'retry-after': date } }),
      streams('fine'),
    );
    const waits: number[] = [];
    await (await open(server.url)).complete({ parts, onRetry: ({ wait }) => waits.push(wait) });
    expect(waits[0]).toBeGreaterThan(500);
    expect(waits[0]).toBeLessThanOrEqual(3000);
  });

  it('waiting longer from try to try, and not more often than retries says', async () => {
    const server = await serve(refuses(500, 'oops'));
    const waits: number[] = [];
    const call = (await open(server.url, { retries: 2 })).complete({
      parts,
      onRetry: ({ wait }) => waits.push(wait),
    });
    expect(await failureOf(call)).toMatchObject({ name: 'ModelError', status: 500 });
    expect(server.seen.length).toBe(3);
    expect(waits[0]).toBeGreaterThanOrEqual(250);
    expect(waits[1]).toBeGreaterThanOrEqual(500);
  });

  it('but not when the wait asked for is longer than the budget', async () => {
    const server = await serve(refuses(429, 'come back', { headers: { 'retry-after': '600' } }));
    const error = await failureOf((await open(server.url)).complete({ parts }));
    expect(String(error)).toMatch(/asked again in 600 s, longer than retryWait allows/);
    expect(server.seen.length).toBe(1);
  });

  it.each([400, 401, 403, 404, 413, 422])('but not after HTTP %i', async (status) => {
    const server = await serve(refuses(status, 'no'));
    const error = await failureOf((await open(server.url)).complete({ parts }));
    expect(error).toMatchObject({ name: 'ModelError', status });
    expect(server.seen.length).toBe(1);
  });

  it('but not when the quota is spent or the prompt is too long', async () => {
    for (const step of [
      refuses(429, 'You exceeded your current quota', { code: 'insufficient_quota' }),
      refuses(400, "This model's maximum context length is 4096 tokens", { code: 'context_length_exceeded' }),
    ]) {
      const server = await serve(step);
      expect(await failureOf((await open(server.url)).complete({ parts }))).toBeInstanceOf(ModelError);
      expect(server.seen.length).toBe(1);
    }
  });
});

describe('the one error in the end', () => {
  it('names the server, what happened and what to do, for a server that is not there', async () => {
    const server = await openaiServer(hangs);
    await server.close();
    const error = await failureOf((await open(server.url, { retries: 1 })).complete({ parts }));
    expect(error).toBeInstanceOf(ModelError);
    expect(String(error)).toContain(
      `The model openai:model at ${server.url} gave no reply: connection refused (2 tries).`,
    );
    expect(String(error)).toMatch(/Check that a server runs there .*OPENAI_BASE_URL/);
  });

  it('points to the key or the name', async () => {
    const messageOf = async (status: number) =>
      String(await failureOf((await open((await serve(refuses(status, 'no'))).url)).complete({ parts })));
    expect(await messageOf(401)).toMatch(/Check the key in OPENAI_API_KEY/);
    expect(await messageOf(404)).toMatch(/Check the model's name.*\/v1/);
  });

  it('never holds the key, even when the server repeats it', async () => {
    const key = 'sk-very-secret-1234';
    const server = await serve(refuses(401, `Incorrect API key provided: ${key}`));
    const error = await failureOf((await open(server.url, {}, { OPENAI_API_KEY: key })).complete({ parts }));
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(key);
    expect(String(error)).toContain('Incorrect API key provided: ***');
  });
});

describe('an abort ends the request at once', () => {
  it.each<[string, Step]>([
    ['before the first byte', hangs],
    ['in the middle of the reply', stalls('import mat')],
  ])('%s', async (_, step) => {
    const server = await serve(step);
    const controller = new AbortController();
    const reason = new Error('the user pressed Ctrl-C');
    const model = await open(server.url);
    const call = failureOf(model.complete({ parts, signal: controller.signal }));
    await expect.poll(() => server.seen.length).toBe(1);
    controller.abort(reason);
    expect(await call).toBe(reason);
    await server.seen[0]?.closed;
    expect(server.seen.length).toBe(1);
  });

  it('while it waits to try again', async () => {
    const server = await serve(refuses(429, 'later', { headers: { 'retry-after': '30' } }));
    const controller = new AbortController();
    const reason = new Error('enough');
    const call = (await open(server.url)).complete({
      parts,
      signal: controller.signal,
      onRetry: () => controller.abort(reason),
    });
    expect(await failureOf(call)).toBe(reason);
  });

  it('before it is sent', async () => {
    const server = await serve(streams('x'));
    const reason = new Error('too late');
    const call = (await open(server.url)).complete({ parts, signal: AbortSignal.abort(reason) });
    expect(await failureOf(call)).toBe(reason);
    expect(server.seen.length).toBe(0);
  });
});
