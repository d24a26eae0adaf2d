import type { Renderer } from '../../core/render.ts';
import type { Item } from './corpus.ts';

/** One way to render the corpus. */
export interface Engine {
  readonly name: string;
  /** @throws Error when the item gives no picture: a benchmark of failures tells nothing. */
  render(item: Item): Promise<void>;
  close(): Promise<void>;
}

/** The size of the published pipeline's icons (reference.md, section 4). */
export const ICON = 336;

/** Our renderers as an engine, one a language. */
export function engineOf(name: string, renderers: readonly Renderer[]): Engine {
  return {
    name,
    async render({ name: item, code, language }) {
      const renderer = renderers.find((candidate) => candidate.language === language);
      const size = language === 'svg' ? { size: { width: ICON, height: ICON } } : {};
      const result = await renderer?.render({ code, ...size });
      if (result?.kind !== 'rendered') {
        throw new Error(`${name}: ${item}: ${result?.message ?? 'no renderer'}`);
      }
    },
    async close() {
      await Promise.all(renderers.map((renderer) => renderer.close()));
    },
  };
}
