import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../core/errors.ts';
import type { Renderer, RenderFailure, RenderRequest, RenderResult } from '../../../core/render.ts';
import { pictureOfPng } from '../../../tools/image/picture.ts';
import { diskStore } from '../../../tools/render/cache/disk.ts';
import { memoryStore } from '../../../tools/render/cache/memory.ts';
import type { RenderStore } from '../../../tools/render/cache/store.ts';
import { cachedRenderer } from '../../../tools/render/cache.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';
import { rendererConformance } from '../../conformance/renderer.ts';
import { emptyFolder } from '../../support/folder.ts';

const MIB = 1024 * 1024;
const svg = (fill: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h6v7z" fill="${fill}"/></svg>`;

rendererConformance('the SVG renderer behind a cache', {
  make: () => cachedRenderer(svgRenderer({ workers: 2 }), { store: memoryStore({ maxBytes: MIB }) }),
  drawing: svg('#a00'),
  other: svg('#00a'),
  broken: { code: '<svg>\n<g>\n</svg>', outcome: 'invalid-markup', line: 3 },
  blank: svg('white'),
  size: { width: 40, height: 30 },
});

/** A renderer that counts what it is asked, and answers with what the test says. */
function counting(answer: (request: RenderRequest) => Promise<RenderResult>, version = '1') {
  const asked: RenderRequest[] = [];
  const renderer: Renderer = {
    name: 'counting',
    version,
    language: 'svg',
    async render(request) {
      asked.push(request);
      return answer(request);
    },
    close: async () => undefined,
  };
  return { renderer, asked };
}

async function pictureOf(shade: number, side = 8): Promise<RenderResult> {
  const background = { r: shade, g: 0, b: 0 };
  const png = await sharp({ create: { width: side, height: side, channels: 3, background } })
    .png()
    .toBuffer();
  return {
    kind: 'rendered',
    picture: pictureOfPng(png),
    hacks: [{ kind: 'embedded-raster', message: 'seen' }],
  };
}

const failureOf = (outcome: RenderFailure['outcome'], more: Partial<RenderFailure> = {}): RenderFailure => ({
  kind: 'render-failure',
  outcome,
  message: 'said once',
  ...more,
});

const stores: [string, (folder: string) => RenderStore][] = [
  ['memory', () => memoryStore({ maxBytes: MIB })],
  ['disk', (folder) => diskStore({ folder, maxBytes: MIB })],
];

describe.each(stores)('a cache in %s', (_, open) => {
  it.each([
    ['a picture with its hacks', () => pictureOf(7)],
    ['a syntax error', async () => failureOf('syntax-error', { line: 3, detail: 'there' })],
    ['a runtime error with its line', async () => failureOf('runtime-error', { line: 1 })],
    ['blank', async () => failureOf('blank')],
  ])('gives %s again without rendering', async (_, answer) => {
    const { renderer, asked } = counting(answer);
    const cached = cachedRenderer(renderer, { store: open(await emptyFolder()) });
    const first = await cached.render({ code: 'x' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = await cached.render({ code: 'x' });
    expect(asked).toHaveLength(1);
    expect(second).toEqual(first);
    expect(first).toEqual(await answer());
    await cached.close();
  });

  it.each([
    ['timeout', failureOf('timeout', { line: 2 })],
    ['memory', failureOf('memory')],
    ['a death that may have come from outside', failureOf('runtime-error')],
  ])('does not keep %s', async (_, failure) => {
    const { renderer, asked } = counting(async () => failure);
    const cached = cachedRenderer(renderer, { store: open(await emptyFolder()) });
    await cached.render({ code: 'x' });
    await cached.close();
    expect(await cached.render({ code: 'x' })).toEqual(failure);
    expect(asked).toHaveLength(2);
  });

  it('tells code, size, language, version and surroundings apart', async () => {
    const store = open(await emptyFolder());
    const { renderer, asked } = counting(() => pictureOf(1));
    const newer = { ...renderer, version: '2' };
    const other = { ...renderer, language: 'html' };
    const requests: [Renderer, RenderRequest, string][] = [
      [renderer, { code: 'x' }, ''],
      [renderer, { code: 'y' }, ''],
      [renderer, { code: 'x', size: { width: 1, height: 2 } }, ''],
      [renderer, { code: 'x', size: { width: 2, height: 1 } }, ''],
      [newer, { code: 'x' }, ''],
      [other, { code: 'x' }, ''],
      [renderer, { code: 'x' }, 'numpy 2'],
    ];
    for (const _ of ['first', 'second']) {
      for (const [which, request, around] of requests) {
        const cached = cachedRenderer(which, { store, surroundings: async () => around });
        await cached.render(request);
        await cached.close();
      }
    }
    expect(asked).toHaveLength(requests.length);
  });

  it('renders equal requests at the same time once, for whoever still waits', async () => {
    const gate = Promise.withResolvers<RenderResult>();
    const { renderer, asked } = counting(() => gate.promise);
    const cached = cachedRenderer(renderer, { store: open(await emptyFolder()) });
    const abort = new AbortController();
    const reason = new Error('changed my mind');
    const [first, second, third] = [
      cached.render({ code: 'x', signal: abort.signal }),
      cached.render({ code: 'x' }),
      cached.render({ code: 'x', signal: new AbortController().signal }),
    ];
    setTimeout(() => abort.abort(reason), 50);
    await expect(first).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.signal?.aborted).toBe(false);
    gate.resolve(await pictureOf(3));
    expect(await second).toEqual(await third);
    expect(asked).toHaveLength(1);
    await cached.close();
  });

  it('ends a render for which nobody waits any more, and starts it anew for the next', async () => {
    const { renderer, asked } = counting(
      ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    const cached = cachedRenderer(renderer, { store: open(await emptyFolder()) });
    for (const expected of [1, 2]) {
      const abort = new AbortController();
      const waiting = [1, 2].map(() =>
        cached.render({ code: 'x', signal: abort.signal }).catch(() => 'gone'),
      );
      while (asked.length < expected) await new Promise((resolve) => setTimeout(resolve, 5));
      abort.abort(new Error('enough'));
      expect(await Promise.all(waiting)).toEqual(['gone', 'gone']);
      expect(asked[expected - 1]?.signal?.aborted).toBe(true);
    }
    await cached.close();
  });

  it('passes on an error of the renderer to all, and keeps none', async () => {
    let attempts = 0;
    const { renderer } = counting(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('no sandbox');
      return pictureOf(2);
    });
    const cached = cachedRenderer(renderer, { store: open(await emptyFolder()) });
    const both = await Promise.allSettled([cached.render({ code: 'x' }), cached.render({ code: 'x' })]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await cached.render({ code: 'x' })).toMatchObject({ kind: 'rendered' });
    await cached.close();
  });
});

it('memory stays within its bound, and what was used last stays', async () => {
  const size = 20_000;
  const png = Buffer.alloc(size);
  const entry: RenderResult = {
    kind: 'rendered',
    picture: { digest: '', png, width: 1, height: 1 },
    hacks: [],
  };
  const store = memoryStore({ maxBytes: 5 * 21_000 });
  for (let index = 0; index < 100; index += 1) {
    await store.put(`key ${index}`, entry);
    await store.get('key 0');
  }
  const kept = [];
  for (let index = 0; index < 100; index += 1) if (await store.get(`key ${index}`)) kept.push(index);
  expect(kept).toEqual([0, 96, 97, 98, 99]);
});

describe('a folder', () => {
  const key = (index: number) => index.toString(16).padStart(64, 'a');

  async function filesIn(folder: string): Promise<string[]> {
    const all = await readdir(folder, { recursive: true, withFileTypes: true });
    return all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }

  it('serves another process, and outlives this one', async () => {
    const folder = await emptyFolder();
    await diskStore({ folder, maxBytes: MIB }).put(key(1), await pictureOf(9));
    expect(await diskStore({ folder, maxBytes: MIB }).get(key(1))).toEqual(await pictureOf(9));
  });

  it.each<[string, (path: string) => boolean, (content: Buffer) => Buffer]>([
    [
      'a picture with a changed byte',
      (path) => path.includes('content-v2'),
      (bytes) => bytes.fill(7, 50, 51),
    ],
    ['a picture cut short', (path) => path.includes('content-v2'), (bytes) => bytes.subarray(0, 20)],
    ['an empty picture', (path) => path.includes('content-v2'), () => Buffer.alloc(0)],
    ['an index entry of nonsense', (path) => path.includes('index-v5'), () => Buffer.from('\nnonsense\t{}')],
  ])('makes anew what is damaged: %s', async (_, which, damage) => {
    const folder = await emptyFolder();
    const { renderer, asked } = counting(() => pictureOf(5));
    const expected = await pictureOf(5);
    for (const renders of [1, 2, 2]) {
      const cached = cachedRenderer(renderer, { store: diskStore({ folder, maxBytes: MIB }) });
      expect(await cached.render({ code: 'x' })).toEqual(expected);
      await cached.close();
      expect(asked).toHaveLength(renders);
      if (renders === 1) {
        for (const file of (await filesIn(folder)).filter(which)) {
          await writeFile(file, damage(await readFile(file)));
        }
      }
    }
  });

  it('stays near its bound: the oldest go first', async () => {
    const folder = await emptyFolder();
    const maxBytes = 200_000;
    const store = diskStore({ folder, maxBytes });
    const noise = (seed: number) =>
      Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * seed * 7919) >> 5));
    for (let index = 0; index < 60; index += 1) {
      await store.put(key(index), {
        kind: 'rendered',
        picture: { digest: '', png: noise(index + 1), width: 1, height: 1 },
        hacks: [],
      });
    }
    const contents = (await filesIn(folder)).filter((path) => path.includes('content-v2'));
    const sizes = await Promise.all(contents.map(async (path) => (await stat(path)).size));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(maxBytes / 2);
    expect(bytes).toBeLessThanOrEqual(maxBytes * 1.0625);
    expect(await store.get(key(59))).toBeDefined();
    expect(await store.get(key(0))).toBeUndefined();
  });

  it('that cannot be made is a configuration error', async () => {
    const file = join(await emptyFolder(), 'file');
    await writeFile(file, '');
    const { renderer } = counting(() => pictureOf(5));
    const cached = cachedRenderer(renderer, {
      store: diskStore({ folder: join(file, 'sub'), maxBytes: MIB }),
    });
    await expect(cached.render({ code: 'x' })).rejects.toThrow(ConfigError);
    await cached.close();
  });
});
