import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openModel } from '../../models/open.ts';

// Anthropic's own wire format, as far as one reply needs it: the package must speak to its service, not to OpenAI's.
const event = (data: { type: string }) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const answer = (text: string) => (response: ServerResponse) => {
  const usage = {
    input_tokens: 50,
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 0,
    output_tokens: 1,
  };
  const message = {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'claude-test',
    content: [],
    stop_reason: null,
    usage,
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(
    [
      { type: 'message_start', message },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: text.slice(0, 3) } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: text.slice(3) } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 9 } },
      { type: 'message_stop' },
    ]
      .map(event)
      .join(''),
  );
};
const refusal = (status: number, message: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ type: 'error', error: { type: 'scripted', message } }));
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
async function anthropic(...steps: ((response: ServerResponse) => void)[]) {
  const bodies: unknown[] = [];
  const closed: Promise<unknown>[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    bodies.push(JSON.parse(Buffer.concat(pieces).toString()));
    closed.push(once(response, 'close'));
    (steps.shift() ?? (() => {}))(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const model = await openModel(
    {
      name: 'anthropic:claude-test',
      apiKeyEnv: 'MY_KEY',
      extraBody: { anthropicApiUrl: `http://127.0.0.1:${port}` },
      prices: { input: 1, output: 10 },
      retries: 1,
    },
    { MY_KEY: 'sk-ant-secret' },
  );
  return { model, bodies, closed };
}
const parts = [
  { type: 'image', dataUrl: 'data:image/png;base64,AAAA' },
  { type: 'text', text: 'Draw.' },
] as const;

describe('another LangChain provider, by its name (anthropic:)', () => {
  it('is asked in its own words and answers as any model', async () => {
    const { model, bodies } = await anthropic(answer('import matplotlib'));
    const pieces: string[] = [];
    const reply = await model.complete({
      system: 'You draw.',
      parts,
      sampling: { temperature: 0.7, topK: 20, repetitionPenalty: 1, maxTokens: 100 },
      responseFormat: { name: 'x', schema: {} },
      onDelta: (text) => pieces.push(text),
    });
    expect(reply).toEqual({
      text: 'import matplotlib',
      truncated: true,
      usage: {
        calls: 1,
        inputTokens: 50,
        cachedInputTokens: 0,
        outputTokens: expect.any(Number),
        cost: expect.any(Number),
      },
    });
    expect(pieces.join('')).toBe(reply.text);
    expect(bodies[0]).toMatchObject({
      model: 'claude-test',
      max_tokens: 100,
      temperature: 0.7,
      top_k: 20,
      stream: true,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'text', text: 'Draw.' },
          ],
        },
      ],
    });
    expect(bodies[0]).not.toHaveProperty('response_format');
  });

  it('is tried again once, by us alone', async () => {
    const { model, bodies } = await anthropic(
      refusal(529, 'Overloaded'),
      refusal(529, 'Overloaded'),
      answer('x'),
    );
    const error: unknown = await model.complete({ parts }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ModelError', status: 529 });
    expect(String(error)).toMatch(
      /anthropic:claude-test at the anthropic service.*HTTP 529.*Overloaded.*2 tries/,
    );
    expect(bodies.length).toBe(2);
  });

  it('is asked without a setting that it refuses', async () => {
    const { model, bodies } = await anthropic(
      refusal(400, '`temperature` and `top_p` cannot both be specified for this model.'),
      answer('fine'),
    );
    const { text } = await model.complete({ parts, sampling: { temperature: 0.7, topP: 0.8, maxTokens: 9 } });
    expect(text).toBe('fine');
    expect(bodies[1]).not.toHaveProperty('temperature');
    expect(bodies[1]).toHaveProperty('max_tokens');
  });

  it('is aborted at once', async () => {
    const { model, bodies, closed } = await anthropic();
    const controller = new AbortController();
    const reason = new Error('enough');
    const call = model.complete({ parts, signal: controller.signal }).catch((error: unknown) => error);
    await expect.poll(() => bodies.length).toBe(1);
    controller.abort(reason);
    expect(await call).toBe(reason);
    await closed[0];
  });

  it('needs its key, and takes no baseUrl', async () => {
    const name = 'anthropic:claude-test';
    await expect(openModel({ name, apiKeyEnv: 'MY_KEY' }, {})).rejects.toThrow(/MY_KEY is not set/);
    await expect(openModel({ name, baseUrl: 'http://h/v1' }, {})).rejects.toThrow(/baseUrl is for openai:/);
  });
});
