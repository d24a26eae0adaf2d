import { Resvg } from '@resvg/resvg-js';
import type { Picture } from '../../../core/picture.ts';
import type { Renderer } from '../../../core/render.ts';
import { pictureOfPng } from '../../../tools/image/picture.ts';

/** Draws SVG on white at a width in pixels. */
export function drawn(code: string, width: number): Picture {
  const resvg = new Resvg(code, { background: '#fff', fitTo: { mode: 'width', value: width } });
  return pictureOfPng(resvg.render().asPng());
}

/** A renderer of SVG that does no more than these tests need. */
export function plainSvgRenderer(): Renderer {
  return {
    name: 'resvg',
    version: 'test',
    language: 'svg',
    async render({ code, size, signal }) {
      signal?.throwIfAborted();
      try {
        return { kind: 'rendered', picture: drawn(code, size?.width ?? 336), hacks: [] };
      } catch (error) {
        return { kind: 'render-failure', outcome: 'invalid-markup', message: String(error) };
      }
    },
    async close() {},
  };
}

/** An SVG file of 120 x 120 units around some elements. */
export function icon(...elements: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">${elements.join('')}</svg>`;
}
