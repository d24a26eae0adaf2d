import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { newKey } from '../../../server/serve/keys.ts';
import { hangs, openaiServer } from '../../support/openai-server.ts';
import { iconUrl, sharedService, startedService } from './support.ts';

const shared = sharedService({
  models: { 'one-shot': { task: 'svg', strategy: 'direct', fenced: true } },
});

type Part = OpenAI.ChatCompletionContentPart;

async function ask(text = 'Turn this picture into SVG.'): Promise<OpenAI.ChatCompletionMessageParam[]> {
  const image: Part = { type: 'image_url', image_url: { url: await iconUrl() } };
  return [
    { role: 'system', content: 'You draw icons.' },
    { role: 'user', content: [{ type: 'text', text }, image] },
  ];
}

function clientOf(url: string, apiKey = 'any'): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
}

/** The same request with fields that the client's types do not know. */
function asks<T>(body: object): T {
  return JSON.parse(JSON.stringify(body));
}

describe('the official openai client, with another base URL, key and model', () => {
  it('gets refined code, its usage, the run and the severity', async () => {
    const service = shared();
    const client = clientOf(service.url);
    const models = await client.models.list();
    expect(models.data.map(({ id }) => id)).toEqual([
      'one-shot',
      'verisim/chart',
      'verisim/table',
      'verisim/svg',
    ]);
    expect((await client.models.retrieve('verisim/svg')).id).toBe('verisim/svg');

    const reply = await client.chat.completions.create({ model: 'verisim/svg', messages: await ask() });
    const [choice] = reply.choices;
    expect(choice?.message.content).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    expect(choice?.finish_reason).toBe('stop');
    expect(reply.usage?.prompt_tokens).toBeGreaterThan(100);
    const { verisim } = Object(reply);
    expect(verisim).toMatchObject({ severity: 0, stop_reason: 'equivalent', rounds: 2, best: 1 });
    const run = Object(await (await service.ask(`/v1/runs/${verisim.run}`)).json());
    expect(run.tokens).toBe(reply.usage?.total_tokens);
    expect(reply.usage?.total_tokens).toBe(
      (reply.usage?.prompt_tokens ?? 0) + (reply.usage?.completion_tokens ?? 0),
    );
  });

  it('streams the rounds as reasoning and the code as content, with usage at the end', async () => {
    const service = shared();
    const stream = await clientOf(service.url).chat.completions.create({
      model: 'verisim/svg',
      messages: await ask(),
      stream: true,
      stream_options: { include_usage: true },
    });
    let [content, reasoning, usage, severity] = ['', '', 0, -1];
    const finishes: unknown[] = [];
    for await (const chunk of stream) {
      const delta = Object(chunk.choices[0]?.delta ?? {});
      content += delta.content ?? '';
      reasoning += delta.reasoning_content ?? '';
      usage = chunk.usage?.total_tokens ?? usage;
      severity = Object(chunk).verisim?.severity ?? severity;
      if (chunk.choices[0]?.finish_reason) finishes.push(chunk.choices[0].finish_reason);
    }
    expect(content).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    expect(reasoning).toMatch(/^Draft 1\.\nSeverity \d+:\n- \w+_error \(\d\)[\s\S]*revising draft 1\./);
    expect(reasoning.trimEnd()).toMatch(/The critic finds no difference\.$/);
    expect({ finishes, severity }).toEqual({ finishes: ['stop'], severity: 0 });
    expect(usage).toBeGreaterThan(100);
  });

  it('a configured name has its own settings, and a fence where asked for', async () => {
    const reply = await clientOf(shared().url).chat.completions.create({
      model: 'one-shot',
      messages: await ask(),
    });
    expect(reply.choices[0]?.message.content).toMatch(/^```svg\n<svg[\s\S]*\n```\n$/);
    expect(Object(reply).verisim).toMatchObject({ rounds: 1, severity: null });
  });

  it('gets its typed exceptions', async () => {
    const { key, sha256 } = newKey();
    const service = await startedService({ keys: [{ name: 'ann', sha256, requestsPerMinute: 5 }] });
    const messages = await ask();
    const create = (body: object, apiKey = key) =>
      clientOf(service.url, apiKey).chat.completions.create(
        asks<OpenAI.ChatCompletionCreateParamsNonStreaming>({ model: 'verisim/svg', messages, ...body }),
      );
    await expect(create({}, 'wrong')).rejects.toThrow(OpenAI.AuthenticationError);
    await expect(create({ model: 'gpt-4o' })).rejects.toThrow(OpenAI.NotFoundError);
    await expect(create({ n: 2 })).rejects.toThrow(/only one choice/);
    await expect(create({ tools: [{}] })).rejects.toThrow(/tools are not supported/);
    await expect(create({ messages: [{ role: 'user', content: 'hi' }] })).rejects.toThrow(/no picture/);
    await expect(create({ logprobs: true })).rejects.toThrow(OpenAI.BadRequestError);
    await expect(create({})).rejects.toThrow(OpenAI.RateLimitError);
  });

  it('errors name the field that is wrong, and what a client can do about it', async () => {
    const service = await startedService();
    const url = await iconUrl();
    const image = { type: 'image_url', image_url: { url } };
    const refused = async (body: object) => {
      const messages = [{ role: 'user', content: [image] }];
      const response = await service.post('/v1/chat/completions', {
        model: 'verisim/svg',
        messages,
        ...body,
      });
      const { error } = Object(await response.json());
      expect(error.message).not.toMatch(/(^|\s)--[a-z]/);
      return [response.status, error.param];
    };
    const user = (...content: unknown[]) => ({ messages: [{ role: 'user', content }] });
    const text = { type: 'text', text: 'Draw.' };
    const at = (place: string) => [400, place];
    expect(await refused({ model: undefined })).toEqual(at('model'));
    expect(await refused({ model: 'gpt-4o' })).toEqual([404, 'model']);
    expect(await refused({ messages: [] })).toEqual(at('messages'));
    expect(await refused({ messages: [{ role: 'tool', content: '1' }] })).toEqual(at('messages[0].role'));
    expect(await refused(user(text))).toEqual(at('messages'));
    expect(await refused(user(text, { type: 'input_audio', input_audio: {} }))).toEqual(
      at('messages[0].content[1].type'),
    );
    expect(await refused(user(text, { type: 'image_url', image_url: url }))).toEqual(
      at('messages[0].content[1].image_url'),
    );
    const bad = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    expect(await refused(user(text, bad))).toEqual(at('messages[0].content[1].image_url.url'));
    const far = { type: 'image_url', image_url: { url: 'http://example.com/a.png' } };
    expect(await refused(user(far))).toEqual(at('messages[0].content[0].image_url.url'));
    expect(await refused(user(image, image))).toEqual(at('messages[0].content[1].image_url.url'));
    expect(await refused({ n: 2 })).toEqual(at('n'));
    expect(await refused({ tools: [{}] })).toEqual(at('tools'));
    expect(await refused({ functions: [{}] })).toEqual(at('functions'));
    expect(await refused({ logprobs: true })).toEqual(at('logprobs'));
    expect(await refused({ top_logprobs: 3 })).toEqual(at('top_logprobs'));
    expect(await refused({ audio: {} })).toEqual(at('audio'));
    expect(await refused({ modalities: ['audio'] })).toEqual(at('modalities[0]'));
    expect(await refused({ response_format: { type: 'json_object' } })).toEqual(at('response_format.type'));
    expect(await refused({ verisim: { rounds: -1 } })).toEqual(at('verisim.rounds'));
    expect(await refused({ verisim: { wishes: 1 } })).toEqual(at('verisim.wishes'));
    expect(await refused({ verisim: { generator: 'gpt' } })).toEqual(at('verisim.generator'));
    expect(await refused({ verisim: { language: 'latex' } })).toEqual(at('verisim.language'));
    // The embedded generator finds no table in an icon.
    expect(await refused({ model: 'verisim/table' })).toEqual(at('model'));
  });

  it('a model that is down is an error, streamed or not', async () => {
    const models = {
      dead: { name: 'openai:none', baseUrl: 'http://127.0.0.1:9/v1', retries: 0, apiKeyEnv: null },
    };
    const service = await startedService({}, { models, generator: 'dead' });
    const client = clientOf(service.url);
    const body = { model: 'verisim/svg', messages: await ask() };
    await expect(client.chat.completions.create(body)).rejects.toThrow(OpenAI.InternalServerError);
    const stream = await client.chat.completions.create({ ...body, stream: true });
    const read = async () => {
      for await (const _ of stream);
    };
    await expect(read()).rejects.toThrow(OpenAI.APIError);
  });
});

describe('a client that goes away', () => {
  it.each([{ stream: false }, { stream: true }])('cancels its run and the model call: %o', async (body) => {
    const upstream = await openaiServer(hangs);
    const model = { name: 'openai:slow', baseUrl: upstream.url, apiKeyEnv: null };
    const service = await startedService({}, { models: { slow: model }, generator: 'slow' });
    const controller = new AbortController();
    const messages = await ask();
    const asked = service
      .post(
        '/v1/chat/completions',
        { model: 'verisim/svg', messages, ...body },
        { signal: controller.signal },
      )
      .then((response) => response.text());
    const gone = asked.catch(() => 'gone');
    await expect.poll(() => upstream.seen.length, { timeout: 10_000 }).toBe(1);
    controller.abort();
    expect(await gone).toBe('gone');
    await upstream.seen[0]?.closed;
    const status = async () => Object(await (await service.ask('/v1/runs')).json()).data[0];
    await expect.poll(status, { timeout: 10_000 }).toMatchObject({ stopReason: 'cancelled' });
    await upstream.close();
  });
});

describe("LangChain's ChatOpenAI", () => {
  it('gets its typed errors, streamed and not', async () => {
    const { sha256 } = newKey();
    const service = await startedService({ keys: [{ name: 'ann', sha256 }] });
    const configuration = { baseURL: `${service.url}/v1` };
    const model = new ChatOpenAI({ model: 'verisim/svg', apiKey: 'wrong', maxRetries: 0, configuration });
    const wrongKey = { status: 401, lc_error_code: 'MODEL_AUTHENTICATION' };
    await expect(model.invoke('hi')).rejects.toMatchObject(wrongKey);
    await expect(model.stream('hi')).rejects.toMatchObject(wrongKey);
    const unknown = new ChatOpenAI({
      model: 'gpt-4o',
      apiKey: 'any',
      maxRetries: 0,
      configuration: { baseURL: `${shared().url}/v1` },
    });
    await expect(unknown.invoke('hi')).rejects.toMatchObject({
      status: 404,
      lc_error_code: 'MODEL_NOT_FOUND',
    });
  });

  it('gets refined code, streamed and not', async () => {
    const service = shared();
    const model = new ChatOpenAI({
      model: 'verisim/svg',
      apiKey: 'any',
      maxRetries: 0,
      configuration: { baseURL: `${service.url}/v1` },
    });
    const messages = [
      new SystemMessage('You draw icons.'),
      new HumanMessage({ content: [{ type: 'image_url', image_url: { url: await iconUrl() } }] }),
    ];
    const reply = await model.invoke(messages);
    expect(reply.text).toMatch(/^<svg/);
    expect(Object(reply.usage_metadata).total_tokens).toBeGreaterThan(100);
    let streamed = '';
    for await (const chunk of await model.stream(messages)) streamed += chunk.text;
    expect(streamed).toBe(reply.text);
  });
});
