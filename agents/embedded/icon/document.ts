import type { Size } from '../../../tools/image/pixels.ts';

/** A whole SVG file around elements in coordinates of `view`, shown at `size` pixels. */
export function svgOf(elements: readonly string[], view: Size, size: Size): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${view.width} ${view.height}">`;
  return `${[head, ...elements.map((element) => `  ${element}`), '</svg>'].join('\n')}\n`;
}

/** Puts further elements on top of what an SVG file draws. */
export function withElements(code: string, elements: readonly string[]): string {
  const end = code.lastIndexOf('</svg>');
  if (end < 0) return code;
  return `${code.slice(0, end)}${elements.map((element) => `  ${element}\n`).join('')}${code.slice(end)}`;
}

/** How many elements an SVG file has that draw something. */
export function elementCount(code: string): number {
  return code.match(/<(?:path|circle|ellipse|rect|line|polyline|polygon|text|image|use)\b/g)?.length ?? 0;
}
