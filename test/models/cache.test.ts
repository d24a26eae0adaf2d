import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cachedModel } from '../../models/cache.ts';
import type { ChatRequest } from '../../models/chat.ts';
import { openModel } from '../../models/open.ts';
import { diskReplies } from '../../models/replies.ts';
import { emptyFolder } from '../support/folder.ts';
import { cuts, openaiServer, refuses, type Step, streams } from '../support/openai-server.ts';

const request: ChatRequest = {
  system: 'You draw.',
  parts: [
    { type: 'image', dataUrl: 'data:image/png;base64,AAAA' },
    { type: 'text', text: 'Draw.' },
  ],
  sampling: { temperature: 0.7 },
};

/** Answers `reply 1`, `reply 2` … after the given steps. */
async function scripted(...first: Step[]) {
  let replies = 0;
  const next: Step = (response, body) => {
    replies += 1;
    return streams(`reply ${replies}`)(response, body);
  };
  const [step = next, ...steps] = [...first, next];
  const server = await openaiServer(step, ...steps);
  onTestFinished(() => server.close());
  const folder = await emptyFolder();
  const open = async (run = 'a', spec: Partial<Parameters<typeof openModel>[0]> = {}) => {
    const prices = { input: 1, output: 10 };
    const model = await openModel({ name: 'openai:m', baseUrl: server.url, prices, retries: 0, ...spec }, {});
    return cachedModel(model, { store: diskReplies(folder), run });
  };
  return { server, folder, open };
}

describe('the call cache', () => {
  it('gives an answered call again after a restart, without asking, marked as replayed', async () => {
    const { server, open } = await scripted();
    const first = await (await open()).complete(request);
    const pieces: string[] = [];
    const again = await (await open()).complete({ ...request, onDelta: (text) => pieces.push(text) });
    expect(server.seen).toHaveLength(1);
    expect(again).toMatchObject({ text: 'reply 1', truncated: false });
    expect(pieces.join('')).toBe('reply 1');
    expect(first.usage).not.toHaveProperty('replayedCalls');
    expect(again.usage).toEqual({ ...first.usage, replayedCalls: 1, replayedCost: first.usage.cost });
  });

  it('gives each call of a run a reply of its own, and the same ones in the same order after a restart', async () => {
    const { server, open } = await scripted();
    const ask = async () => {
      const model = await open();
      const texts = [];
      for (const sample of [0, 0, 1]) texts.push((await model.complete({ ...request, sample })).text);
      return texts;
    };
    expect(await ask()).toEqual(['reply 1', 'reply 2', 'reply 3']);
    expect(await ask()).toEqual(['reply 1', 'reply 2', 'reply 3']);
    expect(server.seen).toHaveLength(3);
  });

  it('does not depend on the order in which samples are asked for', async () => {
    const { open } = await scripted();
    const ask = async (order: readonly number[]) => {
      const model = await open();
      const replies = new Map<number, string>();
      for (const sample of order) replies.set(sample, (await model.complete({ ...request, sample })).text);
      return replies;
    };
    const first = await ask([0, 1, 2]);
    const second = await ask([2, 0, 1]);
    for (const [sample, text] of first) expect(second.get(sample)).toBe(text);
  });

  it.each<[string, Partial<ChatRequest>, string, Partial<Parameters<typeof openModel>[0]>]>([
    ['another run', {}, 'b', {}],
    ['another text', { parts: [{ type: 'text', text: 'Draw!' }] }, 'a', {}],
    ['another picture', { parts: [{ type: 'image', dataUrl: 'data:image/png;base64,BBBB' }] }, 'a', {}],
    ['another temperature', { sampling: { temperature: 0 } }, 'a', {}],
    ['another format', { responseFormat: { name: 'f', schema: {} } }, 'a', {}],
    ['another system message', { system: 'You write.' }, 'a', {}],
    ['another model', {}, 'a', { name: 'openai:n' }],
    ["another setting of the model's", {}, 'a', { extraBody: { top_a: 1 } }],
  ])('asks for %s', async (_, change, run, spec) => {
    const { server, open } = await scripted();
    await (await open()).complete(request);
    await (await open(run, spec)).complete({ ...request, ...change });
    expect(server.seen).toHaveLength(2);
  });

  it('keeps no failure and no reply that was cut on its way', async () => {
    const { server, open } = await scripted(refuses(500, 'down'), cuts('half'));
    await expect((await open()).complete(request)).rejects.toThrow('500');
    await expect((await open()).complete(request)).rejects.toThrow('connection cut');
    expect(await (await open()).complete(request)).toMatchObject({ text: 'reply 1' });
    expect(server.seen).toHaveLength(3);
  });

  it('asks anew where the file is damaged', async () => {
    const { server, folder, open } = await scripted();
    await (await open()).complete(request);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile() && entry.parentPath.includes('content-v2'))) {
      const path = join(file.parentPath, file.name);
      await writeFile(path, (await readFile(path, 'utf8')).replace('reply 1', 'forged!'));
    }
    expect(await (await open()).complete(request)).toMatchObject({ text: 'reply 2' });
    expect(await (await open()).complete(request)).toMatchObject({ text: 'reply 2' });
    expect(server.seen).toHaveLength(2);
  });

  it('is ended by the signal', async () => {
    const { server, open } = await scripted();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect((await open()).complete({ ...request, signal })).rejects.toThrow('enough');
    expect(server.seen).toHaveLength(0);
  });
});
