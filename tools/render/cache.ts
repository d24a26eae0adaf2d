import { createHash } from 'node:crypto';
import type { Renderer, RenderRequest, RenderResult } from '../../core/render.ts';
import { type SharedWork, sharedWork } from './cache/shared.ts';
import type { RenderStore } from './cache/store.ts';

export interface CacheOptions {
  /** Where results are kept; the same one may serve several renderers. */
  readonly store: RenderStore;
  /**
   * What the renderer's version cannot tell without starting it, e.g. the versions of Python's packages. Asked
   * once; needed where results outlive the process.
   */
  readonly surroundings?: () => Promise<string>;
}

/** Changes when the meaning of an entry does. */
const FORMAT = 1;

/**
 * The renderer, with what it gave before given again. Only what the code alone decides is kept: pictures and
 * faults of the code, not a timeout, want of memory, or a death that may have come from outside. Equal
 * requests at the same time are rendered once. The key is language, code, size and the renderer's version.
 *
 * @example
 * const renderer = cachedRenderer(svgRenderer(), { store: memoryStore({ maxBytes: 64 * 1024 * 1024 }) });
 */
export function cachedRenderer(renderer: Renderer, { store, surroundings }: CacheOptions): Renderer {
  const running = new Map<string, SharedWork<RenderResult>>();
  /** Given out already, and on their way into the store. */
  const writing = new Map<string, { readonly result: RenderResult; readonly write: Promise<void> }>();
  let around: Promise<string> | undefined;

  /** Asked again after a failure, which may have been mended. */
  function askAround(): Promise<string> {
    around ??= (surroundings?.() ?? Promise.resolve('')).catch((error: unknown) => {
      around = undefined;
      throw error;
    });
    return around;
  }

  async function renderOrRecall(key: string, request: RenderRequest): Promise<RenderResult> {
    const known = writing.get(key)?.result ?? (await store.get(key));
    if (known) return known;
    const result = await renderer.render(request);
    if (isDecidedByCode(result)) keep(key, result);
    return result;
  }

  function keep(key: string, result: RenderResult): void {
    const write = store.put(key, result).finally(() => writing.delete(key));
    writing.set(key, { result, write });
  }

  function start(key: string, { code, size }: RenderRequest): SharedWork<RenderResult> {
    const forget = () => void (running.get(key) === work && running.delete(key));
    const work = sharedWork((signal) => renderOrRecall(key, { code, ...(size && { size }), signal }), forget);
    running.set(key, work);
    return work;
  }

  return {
    name: renderer.name,
    version: renderer.version,
    language: renderer.language,
    async render(request) {
      const { signal } = request;
      signal?.throwIfAborted();
      const key = keyOf(renderer, request, await askAround());
      signal?.throwIfAborted();
      return (running.get(key) ?? start(key, request)).join(signal);
    },
    async close() {
      await renderer.close();
      await Promise.all([...writing.values()].map(({ write }) => write));
    },
  };
}

function keyOf(
  { name, language, version }: Renderer,
  { code, size }: RenderRequest,
  surroundings: string,
): string {
  const parts = [FORMAT, name, language, version, surroundings, size?.width, size?.height, code];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A runtime error without a line is the death of a process, of which the code may be innocent. */
function isDecidedByCode(result: RenderResult): boolean {
  if (result.kind === 'rendered') return true;
  const { outcome, line } = result;
  if (outcome === 'runtime-error') return line !== undefined;
  return !['timeout', 'memory', 'no-code', 'not-rendered'].includes(outcome);
}
