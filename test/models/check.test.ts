import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkModel } from '../../models/check.ts';
import { openModel } from '../../models/open.ts';
import { hangs, type OpenAiServer, openaiServer } from '../support/openai-server.ts';

let server: OpenAiServer;
beforeAll(async () => {
  server = await openaiServer(hangs);
});
afterAll(() => server.close());

describe('checkModel', () => {
  it('is content with a server that lists the model', async () => {
    expect(await checkModel({ name: 'openai:scripted', baseUrl: server.url }, {})).toEqual({
      name: 'model openai:scripted',
      ok: true,
      detail: `${server.url} answers and serves it`,
    });
  });

  it('names what the server serves instead', async () => {
    const check = await checkModel({ name: 'openai:other', baseUrl: server.url }, {});
    expect(check).toMatchObject({ ok: false, remedy: 'use one that it lists: scripted' });
  });

  it('asks every server of a model', async () => {
    const wrong = server.url.replace('/v1', '/v2');
    const check = await checkModel({ name: 'openai:scripted', baseUrl: [server.url, wrong] }, {});
    expect(check).toMatchObject({ ok: false, detail: expect.stringContaining(`${wrong} answers HTTP 404`) });
  });

  it('says what to do where nothing answers', async () => {
    const gone = await openaiServer(hangs);
    await gone.close();
    const check = await checkModel({ name: 'openai:scripted', baseUrl: gone.url }, {});
    expect(check).toMatchObject({ ok: false, detail: expect.stringContaining('connection refused') });
    expect(check.remedy).toContain('OPENAI_BASE_URL');
  });

  it.each([
    ['a key is missing', { name: 'openai:gpt-4o' }, /OPENAI_API_KEY is not set/],
    ['a package is missing', { name: 'mistralai:pixtral-12b' }, /npm install @langchain\/mistralai/],
    ['the name is none', { name: 'gpt-4o' }, /provider:model/],
  ])('says so where %s', async (_, spec, detail) => {
    expect(await checkModel(spec, {})).toMatchObject({ ok: false, detail: expect.stringMatching(detail) });
  });
});

describe('openModel refuses wrong settings before anything is sent', () => {
  const gpt = { name: 'openai:gpt-4o' };
  it.each<[string, Parameters<typeof openModel>[0], Record<string, string>, RegExp]>([
    ['a missing key', gpt, {}, /needs a key, and OPENAI_API_KEY is not set.*OPENAI_BASE_URL/],
    ['an empty key', gpt, { OPENAI_API_KEY: ' ' }, /OPENAI_API_KEY is not set/],
    [
      'a missing key of its own',
      { ...gpt, baseUrl: 'http://h/v1', apiKeyEnv: 'MY_KEY' },
      {},
      /MY_KEY is not set/,
    ],
    ['a wrong OPENAI_BASE_URL', gpt, { OPENAI_BASE_URL: 'localhost:8000' }, /baseUrl/],
    ['a password in the URL', { ...gpt, baseUrl: 'http://me:pw@h/v1' }, {}, /must not hold a user name/],
    ['a provider that nobody knows', { name: 'nobody:x' }, {}, /no model provider "nobody".*anthropic/],
    ['a package that is not installed', { name: 'groq:x' }, {}, /npm install @langchain\/groq/],
    ['a name without provider', { name: 'gpt-4o' }, {}, /provider:model/],
    ['a typo', JSON.parse('{"name": "openai:x", "retrys": 3}'), {}, /retrys/],
  ])('%s', async (_, spec, env, message) => {
    await expect(openModel(spec, env)).rejects.toThrow(
      expect.objectContaining({ name: 'ConfigError', message: expect.stringMatching(message) }),
    );
  });

  it("but a server of one's own needs no key", async () => {
    expect(await openModel(gpt, { OPENAI_BASE_URL: server.url })).toMatchObject({ name: 'openai:gpt-4o' });
  });
});
