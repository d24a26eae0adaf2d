import { afterEach, expect, it } from 'vitest';
import { openModel } from '../../models/open.ts';
import { type OpenAiServer, openaiServer, streams } from '../support/openai-server.ts';

const parts = [{ type: 'text', text: 'Draw.' }] as const;
let server: OpenAiServer | undefined;
afterEach(() => server?.close());

it.each<[string, { apiKeyEnv?: string | null }, string | undefined]>([
  ['OPENAI_API_KEY by default', {}, 'Bearer sk-one'],
  ['the variable that apiKeyEnv names', { apiKeyEnv: 'OTHER' }, 'Bearer sk-two'],
  ['no key when apiKeyEnv is null', { apiKeyEnv: null }, undefined],
])('sends %s', async (_, spec, header) => {
  server = await openaiServer(streams('x'));
  const env = { OPENAI_API_KEY: 'sk-one', OTHER: 'sk-two', OPENAI_BASE_URL: `${server.url}/` };
  await (await openModel({ name: 'openai:model', ...spec }, env)).complete({ parts });
  expect(server.seen[0]?.headers.authorization).toBe(header);
});

it('sends none when there is none', async () => {
  server = await openaiServer(streams('x'));
  await (await openModel({ name: 'openai:model', baseUrl: server.url }, {})).complete({ parts });
  expect(server.seen[0]?.headers.authorization).toBeUndefined();
});
