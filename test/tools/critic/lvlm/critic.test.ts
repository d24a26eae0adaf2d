import { afterEach, describe, expect, it } from 'vitest';
import { taskNamed } from '../../../../core/tasks/index.ts';
import { openModel } from '../../../../models/open.ts';
import { loadPrompts } from '../../../../prompts/load.ts';
import { lvlmCritic, selfCritic } from '../../../../tools/critic/lvlm/critic.ts';
import { criticConformance } from '../../../conformance/critic.ts';
import {
  type ChatBody,
  hangs,
  type OpenAiServer,
  openaiServer,
  refuses,
  type Step,
  streams,
} from '../../../support/openai-server.ts';
import { seenIn, solid } from '../../../support/solid.ts';

const chart = taskNamed('chart');
const table = taskNamed('table');
const found = JSON.stringify({
  errors: [
    { category: 'style_error', severity: 3, location: 'everywhere', description: 'blue instead of red' },
    { category: 'structure_error', severity: 1, location: 'frame', description: 'missing' },
  ],
  style_error_count: 1,
});
const nothing = '{"errors": []}';

const opened: OpenAiServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});
async function modelOn(...steps: [Step, ...Step[]]) {
  const server = await openaiServer(...steps);
  opened.push(server);
  const model = await openModel({ name: 'openai:erm', baseUrl: server.url, retries: 0 }, {});
  return { server, model, prompts: await loadPrompts() };
}
const pictures = async () => ({ reference: await solid('#ff0000'), candidate: await solid('#0000ff') });

/** Compares the two pictures that it is sent, as a critic's model would. */
const compares: Step = (response, body) => {
  const content = body.messages.at(-1)?.content ?? [];
  const urls = typeof content === 'string' ? [] : content.flatMap((part) => part.image_url?.url ?? []);
  return streams(urls[0] === urls[1] ? nothing : found)(response, body);
};

criticConformance('lvlmCritic', async () => {
  const server = await openaiServer(compares);
  const model = await openModel({ name: 'openai:erm', baseUrl: server.url }, {});
  const critic = lvlmCritic({ model, prompts: await loadPrompts() });
  return { critic, task: chart, ...(await pictures()), close: server.close };
});

function bodyOf(server: OpenAiServer): ChatBody {
  const [first] = server.seen;
  if (!first) throw new Error('nothing was asked');
  return first.body;
}

/** The user's message: kinds of its parts, colours of its pictures, its text. */
async function asked(server: OpenAiServer, request = 0) {
  const message = server.seen[request]?.body.messages.at(-1);
  const content = typeof message?.content === 'string' ? [] : (message?.content ?? []);
  const images = await Promise.all(
    content.flatMap(({ image_url }) => (image_url ? [seenIn(image_url.url)] : [])),
  );
  return {
    kinds: content.map(({ type }) => type),
    colours: images.map(({ colour: [red = 0, , blue = 0] }) => (red > blue ? 'red' : 'blue')),
    formats: images.map(({ format }) => format),
    largest: Math.max(...images.map(({ width, height }) => Math.max(width, height))),
    text: content.at(-1)?.text ?? '',
  };
}

describe('the request', () => {
  it('for a chart: reference, candidate, instruction; sampling and pictures as the authors send them', async () => {
    const { server, ...options } = await modelOn(streams(nothing));
    const [reference, candidate] = [await solid('#ff0000', 2000, 100), await solid('#0000ff', 2000, 100)];
    await lvlmCritic(options).critique({ task: chart, reference, candidate });
    const { text, ...rest } = await asked(server);
    expect(rest).toEqual({
      kinds: ['image_url', 'image_url', 'text'],
      colours: ['red', 'blue'],
      formats: ['jpeg', 'jpeg'],
      largest: 1024,
    });
    expect(text).toMatch(/^You compare two images of one chart/);
    const { messages, response_format, ...fields } = bodyOf(server);
    expect(messages.length).toBe(1);
    expect(fields).toEqual({
      model: 'erm',
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.7,
      top_p: 0.8,
      top_k: 20,
      repetition_penalty: 1,
      presence_penalty: 1.5,
      max_tokens: 4096,
    });
    expect(response_format).toMatchObject({
      type: 'json_schema',
      json_schema: {
        schema: {
          properties: {
            errors: {
              maxItems: expect.any(Number),
              items: {
                required: ['category', 'severity', 'location', 'description'],
                properties: {
                  category: { enum: chart.categories },
                  description: { maxLength: expect.any(Number) },
                },
              },
            },
          },
          required: ['errors', ...chart.categories.map((category) => `${category}_count`)],
        },
      },
    });
  });

  it('for a table: PNG of 768 px, a system message of one line, two image marks, type and no location', async () => {
    const { server, ...options } = await modelOn(streams(nothing));
    const [reference, candidate] = [await solid('#ff0000', 1000, 900), await solid('#0000ff', 1000, 900)];
    await lvlmCritic(options).critique({ task: table, reference, candidate });
    const { text, formats, largest } = await asked(server);
    expect({ formats, largest }).toEqual({ formats: ['png', 'png'], largest: 768 });
    expect(text).toMatch(/^<image><image>\nYou compare two images of one table/);
    const { messages, temperature, repetition_penalty, max_tokens, response_format } = bodyOf(server);
    expect(messages[0]).toMatchObject({ role: 'system', content: expect.stringMatching(/^[^\n]+$/) });
    expect({ temperature, repetition_penalty, max_tokens }).toEqual({
      temperature: 0,
      repetition_penalty: 1.05,
      max_tokens: 8192,
    });
    expect(response_format).toMatchObject({
      json_schema: {
        schema: { properties: { errors: { items: { required: ['type', 'severity', 'description'] } } } },
      },
    });
  });

  it('follows every override', async () => {
    const { server, ...options } = await modelOn(streams(nothing));
    const critic = lvlmCritic({
      ...options,
      structured: false,
      sampling: { temperature: 0, topK: null },
      profile: { image: { maxSide: 16, format: 'png' }, imageMarks: true, systemMessage: true },
    });
    await critic.critique({ task: chart, ...(await pictures()) });
    const { text, formats, largest } = await asked(server);
    expect({ formats, largest }).toEqual({ formats: ['png', 'png'], largest: 16 });
    expect(text).toMatch(/^<image><image>\n/);
    expect(server.seen[0]?.body).toMatchObject({ temperature: 0, top_p: 0.8 });
    expect(server.seen[0]?.body).not.toHaveProperty('top_k');
    expect(server.seen[0]?.body).not.toHaveProperty('response_format');
    expect(server.seen[0]?.body.messages[0]?.role).toBe('system');
  });
});

describe('the answer', () => {
  it('is a critique with its reply and what it cost', async () => {
    const { model, prompts } = await modelOn(streams(`<think>hm</think>${found}`));
    const critic = lvlmCritic({ model, prompts, name: 'Visual-ERM' });
    expect(await critic.critique({ task: chart, ...(await pictures()) })).toMatchObject({
      kind: 'critique',
      critic: 'Visual-ERM',
      severitySum: 4,
      discrepancies: [{ category: 'style_error', severity: 3 }, { category: 'structure_error' }],
      reply: expect.stringContaining('hm'),
      usage: { calls: 1, inputTokens: 100, outputTokens: 20 },
    });
  });

  it('is asked for anew once, in plain text, when it cannot be read', async () => {
    const { server, ...options } = await modelOn(streams(`{"errors": [${' '.repeat(500)}`), streams(found));
    const result = await lvlmCritic(options).critique({ task: chart, ...(await pictures()) });
    expect(result).toMatchObject({ kind: 'critique', severitySum: 4, usage: { calls: 2, inputTokens: 200 } });
    expect(server.seen.map(({ body }) => 'response_format' in body)).toEqual([true, false]);
  });

  it('is a failure with the reason and the last reply after two that cannot be read', async () => {
    const { server, ...options } = await modelOn(
      streams('First.'),
      streams('The same. '.repeat(5000), { piece: 5000 }),
    );
    const result = await lvlmCritic(options).critique({ task: chart, ...(await pictures()) });
    expect(result).toMatchObject({
      kind: 'critic-failure',
      critic: 'openai:erm',
      reason: 'the reply holds no list of errors',
      usage: { calls: 2 },
    });
    expect(result.reply).toMatch(/^The same\./);
    expect(result.reply?.length).toBeLessThanOrEqual(20_000);
    expect(server.seen.length).toBe(2);
  });

  it('says when the reply was cut off', async () => {
    const { model, prompts } = await modelOn(streams('{"errors": [{"cat', { finish: 'length' }));
    const result = await lvlmCritic({ model, prompts }).critique({ task: chart, ...(await pictures()) });
    expect(result).toMatchObject({ kind: 'critic-failure', reason: expect.stringContaining('cut off') });
  });
});

describe('structured output', () => {
  it.each([400, 422])('is given up for good by a server that answers %i to it', async (status) => {
    const takesNone: Step = (response, body) =>
      ('response_format' in body ? refuses(status, 'response_format is not supported') : streams(found))(
        response,
        body,
      );
    const { server, ...options } = await modelOn(takesNone);
    const critic = lvlmCritic(options);
    for (const _ of [1, 2]) {
      expect(await critic.critique({ task: chart, ...(await pictures()) })).toMatchObject({ severitySum: 4 });
    }
    expect(server.seen.map(({ body }) => 'response_format' in body)).toEqual([true, false, false]);
  });

  it('is kept when the refusal was for something else', async () => {
    const { server, ...options } = await modelOn(
      refuses(400, 'the picture is broken'),
      refuses(400, 'the picture is broken'),
      streams(found),
    );
    const critic = lvlmCritic(options);
    await expect(critic.critique({ task: chart, ...(await pictures()) })).rejects.toThrow(
      /picture is broken/,
    );
    await critic.critique({ task: chart, ...(await pictures()) });
    expect(server.seen.map(({ body }) => 'response_format' in body)).toEqual([true, false, true]);
  });
});

it('a model that cannot be had is thrown, not a critique', async () => {
  const { model, prompts } = await modelOn(refuses(500, 'no GPU'));
  await expect(
    lvlmCritic({ model, prompts }).critique({ task: chart, ...(await pictures()) }),
  ).rejects.toMatchObject({
    name: 'ModelError',
    status: 500,
  });
});

it('an abort ends the request', async () => {
  const { server, model, prompts } = await modelOn(hangs);
  const controller = new AbortController();
  const reason = new Error('enough');
  const request = { task: chart, ...(await pictures()), signal: controller.signal };
  const ended = lvlmCritic({ model, prompts })
    .critique(request)
    .catch((error: unknown) => error);
  await expect.poll(() => server.seen.length).toBe(1);
  controller.abort(reason);
  expect(await ended).toBe(reason);
  await server.seen[0]?.closed;
});

it('the self-critic asks the same model as an author of the copy', async () => {
  const { server, model, prompts } = await modelOn(streams(found));
  const critic = selfCritic({ model, prompts });
  expect(await critic.critique({ task: chart, ...(await pictures()) })).toMatchObject({
    critic: 'openai:erm (self)',
    severitySum: 4,
  });
  const { colours, text } = await asked(server);
  expect(colours).toEqual(['red', 'blue']);
  expect(text).toContain('your own script');
});
