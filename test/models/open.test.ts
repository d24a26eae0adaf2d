import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Retry } from '../../core/generator.ts';
import { noUsage } from '../../core/usage.ts';
import { openModel } from '../../models/open.ts';
import {
  answersJson,
  type OpenAiServer,
  openaiServer,
  refuses,
  type Step,
  streams,
  writes,
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
const open = ({ url }: OpenAiServer, spec: Partial<Parameters<typeof openModel>[0]> = {}, env = {}) =>
  openModel({ name: 'openai:org/model-8b', baseUrl: url, ...spec }, env);
const parts = [{ type: 'text', text: 'Draw.' }] as const;

describe('a model behind an OpenAI-compatible server', () => {
  it('gets pictures and text in the order given, with sampling in the fields that servers know', async () => {
    const server = await serve(streams('done'));
    const model = await open(server, {
      sampling: { seed: 7, presencePenalty: null },
      extraBody: { chat_template_kwargs: { enable_thinking: false } },
    });
    await model.complete({
      system: 'You draw.',
      parts: [
        { type: 'image', dataUrl: 'data:image/png;base64,AAAA' },
        { type: 'image', dataUrl: 'data:image/png;base64,BBBB' },
        { type: 'text', text: 'Compare.' },
      ],
      sampling: {
        temperature: 0.7,
        topP: 0.8,
        topK: 20,
        repetitionPenalty: 1,
        presencePenalty: 1.5,
        maxTokens: 4096,
      },
      responseFormat: { name: 'answer', schema: { type: 'object' } },
    });
    expect(server.seen[0]?.body).toEqual({
      model: 'org/model-8b',
      messages: [
        { role: 'system', content: 'You draw.' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,BBBB' } },
            { type: 'text', text: 'Compare.' },
          ],
        },
      ],
      temperature: 0.7,
      top_p: 0.8,
      max_tokens: 4096,
      top_k: 20,
      repetition_penalty: 1,
      seed: 7,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } },
      chat_template_kwargs: { enable_thinking: false },
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('streams its reply and tells what it cost', async () => {
    const server = await serve(streams('import matplotlib as mpl'));
    const model = await open(server, { prices: { input: 1, cachedInput: 0.5, output: 10 } });
    const pieces: string[] = [];
    const reply = await model.complete({ parts, onDelta: (text) => pieces.push(text) });
    expect(reply).toEqual({
      text: 'import matplotlib as mpl',
      truncated: false,
      usage: {
        calls: 1,
        inputTokens: 100,
        cachedInputTokens: 40,
        outputTokens: 20,
        cost: (60 * 1 + 40 * 0.5 + 20 * 10) / 1e6,
      },
    });
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe(reply.text);
  });

  it('works where the server tells no usage', async () => {
    const model = await open(await serve(streams('hello', { usage: null })));
    expect(await model.complete({ parts })).toEqual({
      text: 'hello',
      truncated: false,
      usage: { ...noUsage, calls: 1 },
    });
  });

  it('works where the server answers with JSON although a stream was asked for', async () => {
    const model = await open(await serve(answersJson('hello')));
    const reply = await model.complete({ parts });
    expect(reply).toMatchObject({ text: 'hello', truncated: false, usage: { outputTokens: 20 } });
  });

  it.each([
    ['by the token limit', { finish: 'length' }],
    ['by the end of the stream', { finish: null }],
  ])('says that a reply was cut off %s', async (_, options) => {
    const model = await open(await serve(streams('import matpl', options)));
    expect(await model.complete({ parts })).toMatchObject({ text: 'import matpl', truncated: true });
  });

  it('cuts off a reply without end', async () => {
    const endless: Step = async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const choices = [{ index: 0, delta: { content: 'again '.repeat(2000) }, finish_reason: null }];
      const piece = `data: ${JSON.stringify({ id: 'chat-1', model: 'scripted', choices })}\n\n`;
      const closed = once(response, 'close');
      while (!response.destroyed) {
        if (!response.write(piece)) await Promise.race([once(response, 'drain'), closed]);
      }
    };
    const server = await serve(endless);
    const model = await open(server);
    const reply = await model.complete({ parts });
    expect(reply.truncated).toBe(true);
    expect(reply.text.length).toBe(1_000_000);
    await server.seen[0]?.closed;
  });

  it('is labelled simulated by its name', async () => {
    const server = await serve(streams('x'));
    expect(await open(server, { name: 'openai:simulated-expert' })).toMatchObject({ source: 'simulated' });
    expect(await open(server)).toMatchObject({ name: 'openai:org/model-8b', source: 'model' });
  });
});

describe('a setting that the server refuses', () => {
  it('is left out at once and from then on, and this is told', async () => {
    const server = await serve(
      refuses(400, 'Unrecognized request argument supplied: top_k'),
      refuses(400, "Unsupported value: 'temperature' does not support 0.7 with this model."),
      streams('fine'),
    );
    const model = await open(server);
    const retries: Retry[] = [];
    const sampling = { temperature: 0.7, topK: 20, maxTokens: 100 };
    const { text } = await model.complete({ parts, sampling, onRetry: (retry) => retries.push(retry) });
    await model.complete({ parts, sampling });
    expect(text).toBe('fine');
    expect(retries.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('Asking without topK'),
      expect.stringContaining('Asking without temperature'),
    ]);
    expect(
      server.seen.map(({ body: { top_k, temperature, max_tokens } }) => [top_k, temperature, max_tokens]),
    ).toEqual([
      [20, 0.7, 100],
      [undefined, 0.7, 100],
      [undefined, undefined, 100],
      [undefined, undefined, 100],
    ]);
  });

  it('ends the call when it was never sent', async () => {
    const server = await serve(refuses(400, 'top_k must be positive'));
    const model = await open(server);
    await expect(model.complete({ parts, sampling: { maxTokens: 5 } })).rejects.toThrow(/HTTP 400/);
    expect(server.seen.length).toBe(1);
  });
});

describe('several servers of one model', () => {
  it('share the calls', async () => {
    const [a, b] = [await serve(streams('a')), await serve(streams('b'))];
    const model = await open(a, { baseUrl: [a.url, b.url] });
    await Promise.all([1, 2, 3, 4].map(() => model.complete({ parts })));
    expect([a.seen.length, b.seen.length]).toEqual([2, 2]);
  });

  it('rest one that fails and ask another at once', async () => {
    const [a, b] = [await serve(refuses(500, 'broken')), await serve(streams('b'))];
    const model = await open(a, { baseUrl: [a.url, b.url] });
    const waits: number[] = [];
    for (const _ of [1, 2, 3]) await model.complete({ parts, onRetry: ({ wait }) => waits.push(wait) });
    expect(waits).toEqual([0]);
    expect([a.seen.length, b.seen.length]).toEqual([1, 3]);
  });
});

describe('hostile answers', () => {
  const retries = { retries: 0 };
  it.each<[string, Step, RegExp]>([
    ['a stream that is no JSON', writes('data: {"choices": [\n\n'), /gave no reply/],
    ['an empty stream', writes(''), /ended its stream without a reply/],
    ['a stream of nothing but an end', writes('data: [DONE]\n\n'), /ended its stream without a reply/],
    [
      'an error within the stream',
      writes('data: {"error": {"message": "out of memory", "code": 500}}\n\n'),
      /out of memory/,
    ],
    [
      'JSON that is no completion',
      (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"hello": 1}'),
      /no chat completion/,
    ],
    [
      'a page of HTML',
      (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'),
      /ended its stream without a reply/,
    ],
    [
      'an error page of 1 MB',
      (response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'.repeat(50_000)),
      /HTTP 502/,
    ],
  ])('%s is one ModelError', async (_, step, message) => {
    const model = await open(await serve(step), retries);
    const error: unknown = await model.complete({ parts }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ModelError', message: expect.stringMatching(message) });
    expect(String(error).length).toBeLessThan(1500);
  });
});
