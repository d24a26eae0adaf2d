import { mkdir } from 'node:fs/promises';
import cacache from 'cacache';
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { Hack, RenderFailure, type RenderResult } from '../../../core/render.ts';
import { pictureOfPng } from '../../image/picture.ts';
import type { RenderStore } from './store.ts';

/** Beside the content, which is the PNG, or the failure as JSON. */
const Entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rendered'), hacks: z.array(Hack) }),
  z.object({ kind: z.literal('render-failure') }),
]);

// Its published types do not know the third parameter, without which the index only ever grows.
const removeEntry: (folder: string, key: string, options: { removeFully: boolean }) => Promise<unknown> =
  cacache.rm.entry;

/** After a trim this part of the bound is in use, so that not every picture needs the next one. */
const KEPT = 0.9;

/**
 * Keeps results in a folder, where other processes may use it at the same time. Content and index are checked
 * by digests whenever they are read. `maxBytes`: of all pictures together, exceeded by a sixteenth at most
 * times; the oldest go first.
 * @throws ConfigError, from `get`, when the folder cannot be used.
 */
export function diskStore({ folder, maxBytes }: { folder: string; maxBytes: number }): RenderStore {
  let ready: Promise<unknown> | undefined;
  let written = 0;
  let trimming: Promise<void> | undefined;

  async function forget(key: string): Promise<void> {
    // cacache leaves content alone whose digest it believes to hold: a damaged one has to go first.
    const info = await cacache.get.info(folder, key);
    if (info) await cacache.rm.content(folder, info.integrity);
    await removeEntry(folder, key, { removeFully: true });
  }

  async function trim(): Promise<void> {
    const entries = Object.values(await cacache.ls(folder)).sort((a, b) => b.time - a.time);
    let bytes = entries.reduce((sum, { size = 0 }) => sum + size, 0);
    if (bytes <= maxBytes) return;
    while (bytes > maxBytes * KEPT) {
      const oldest = entries.pop();
      if (!oldest) break;
      bytes -= oldest.size ?? 0;
      await cacache.rm.content(folder, oldest.integrity);
      await removeEntry(folder, oldest.key, { removeFully: true });
    }
  }

  /** Now and then: reading the whole index takes long, and no process knows what the others wrote. */
  async function trimWhenDue(key: string, bytes: number): Promise<void> {
    written += bytes;
    if (written < maxBytes / 16 && !key.startsWith('000')) return;
    written = 0;
    trimming ??= trim().finally(() => {
      trimming = undefined;
    });
    await trimming;
  }

  return {
    async get(key) {
      ready ??= mkdir(folder, { recursive: true }).catch((cause: unknown) => {
        ready = undefined;
        throw new ConfigError(
          `The render cache's folder ${folder} cannot be used. Name another, or set cache to "memory" or "off".`,
          { cause },
        );
      });
      await ready;
      try {
        const { data, metadata } = await cacache.get(folder, key, { memoize: false });
        const entry = Entry.parse(metadata);
        if (entry.kind === 'render-failure') return RenderFailure.parse(JSON.parse(data.toString()));
        return { ...entry, picture: pictureOfPng(data) };
      } catch (error) {
        // Not there, or damaged: then it is made anew.
        if (!isMissing(error)) await forget(key).catch(() => undefined);
        return undefined;
      }
    },
    async put(key, result) {
      const [metadata, content] = entryOf(result);
      await cacache
        .put(folder, key, content, { metadata, memoize: false })
        .then(() => trimWhenDue(key, content.byteLength))
        .catch(() => undefined);
    },
  };
}

function entryOf(result: RenderResult): [z.infer<typeof Entry>, Buffer] {
  const { kind } = result;
  if (kind === 'render-failure') return [{ kind }, Buffer.from(JSON.stringify(result))];
  return [{ kind, hacks: [...result.hacks] }, Buffer.from(result.picture.png)];
}

function isMissing(error: unknown): boolean {
  return z.object({ code: z.literal('ENOENT') }).safeParse(error).success;
}
