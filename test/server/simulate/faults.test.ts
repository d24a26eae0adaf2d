import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { ConfigError } from '../../../core/errors.ts';
import { startSimulator } from '../../../server/simulate/start.ts';
import { simulateIcon, textOf, userMessage } from './support.ts';

const model = 'simulated-generator';

it('follows the script, then the rates', async () => {
  const { client, icon, simulator } = await simulateIcon({
    script: ['rate-limit', 'server-error', 'truncate', 'ok'],
    retryAfter: 3,
    rateLimit: 1,
  });
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  const ask = () => client.chat.completions.create({ model, messages });

  const limited = await ask().catch((cause) => cause);
  expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
  expect(limited.headers.get('retry-after')).toBe('3');
  await expect(ask()).rejects.toThrow(OpenAI.InternalServerError);
  const truncated = await ask();
  expect(truncated.choices[0]?.finish_reason).toBe('length');
  const whole = await ask();
  expect(whole.choices[0]?.finish_reason).toBe('stop');
  expect(textOf(whole).startsWith(textOf(truncated))).toBe(true);
  expect(textOf(whole).length).toBeGreaterThan(textOf(truncated).length);
  await expect(ask()).rejects.toThrow(OpenAI.RateLimitError);
  expect(simulator.requests).toEqual({
    chat: 5,
    replies: { generator: 2, critic: 0 },
    faults: { 'rate-limit': 2, 'server-error': 1, hang: 0, truncate: 1 },
    refused: 0,
  });
});

it('lets a client that tries again through, as the official one does', async () => {
  const { icon, simulator } = await simulateIcon({
    script: ['rate-limit', 'server-error'],
    retryAfter: 0,
  });
  const client = new OpenAI({ baseURL: simulator.url, apiKey: 'any', maxRetries: 2 });
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  expect(textOf(await client.chat.completions.create({ model, messages }))).toContain('<svg');
  expect(simulator.requests.chat).toBe(3);
});

it('draws faults by the request and how often it came, so that about the asked share is met', async () => {
  const { client, icon, simulator } = await simulateIcon({ rateLimit: 0.5, retryAfter: 0 });
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  for (let turn = 0; turn < 40; turn++) {
    await client.chat.completions.create({ model, messages }).catch(() => undefined);
  }
  expect(simulator.requests.faults['rate-limit']).toBeGreaterThan(10);
  expect(simulator.requests.faults['rate-limit']).toBeLessThan(30);
});

it('hangs until the client gives up, and closes all the same', async () => {
  const { client, icon, simulator } = await simulateIcon({ hang: 1 });
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  const impatient = client.chat.completions.create({ model, messages }, { timeout: 100 });
  await expect(impatient).rejects.toThrow(OpenAI.APIConnectionTimeoutError);
  const patient = client.chat.completions.create({ model, messages }).catch((cause) => cause);
  while (simulator.requests.chat < 2) await sleep(5);
  await simulator.close();
  expect(await patient).toBeInstanceOf(OpenAI.APIConnectionError);
});

it('refuses a response_format when told to', async () => {
  const { client, icon } = await simulateIcon({ refuseResponseFormat: true });
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  const response_format = { type: 'json_object' } as const;
  const error = await client.chat.completions
    .create({ model, messages, response_format })
    .catch((cause) => cause);
  expect(error).toBeInstanceOf(OpenAI.BadRequestError);
  expect(error.param).toBe('response_format');
  expect(textOf(await client.chat.completions.create({ model, messages }))).toContain('<svg');
});

it('takes its time: to the first byte, and for each token', async () => {
  const { client, icon } = await simulateIcon({ latency: 150, tokenLatency: 1 });
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  const start = performance.now();
  const stream = await client.chat.completions.create({ model, messages, stream: true, max_tokens: 100 });
  const chunks: number[] = [];
  for await (const _ of stream) chunks.push(performance.now() - start);
  expect(chunks[0]).toBeGreaterThanOrEqual(149);
  expect(chunks.at(-1)).toBeGreaterThanOrEqual(240);
});

it('says what is wrong with its options, and with a port that is taken', async () => {
  const parts = { pictures: [], renderers: [] };
  await expect(startSimulator({ mend: 2 }, parts)).rejects.toThrow(/mend/);
  const { simulator } = await simulateIcon();
  await expect(startSimulator({ port: simulator.port }, parts)).rejects.toThrow(ConfigError);
});
