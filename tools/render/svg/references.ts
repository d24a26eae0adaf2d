import type { SaxesTagNS } from 'saxes';
import { rasterOf } from './raster.ts';
import { Refused } from './refused.ts';

/** The id that a <use> repeats, if it is one of this document. */
export function repeatedId(tag: SaxesTagNS): string | undefined {
  const reference = tag.local === 'use' ? hrefsOf(tag)[0] : undefined;
  return reference?.startsWith('#') ? reference.slice(1) : undefined;
}

/**
 * The rasters that an element embeds, as bytes. Following a link draws nothing, so an <a> may point anywhere.
 * @throws Refused when the element points outside the document, in whatever way.
 */
export function embeddedRasters(tag: SaxesTagNS, line: number): Uint8Array[] {
  if (tag.local === 'a') return [];
  return hrefsOf(tag).flatMap((reference) => {
    if (reference === '' || reference.startsWith('#')) return [];
    const raster = tag.local === 'image' || tag.local === 'feImage' ? rasterOf(reference) : undefined;
    if (raster) return [raster];
    const shown = reference.length > 60 ? `${reference.slice(0, 60)}…` : reference;
    const why = reference.startsWith('data:')
      ? 'which is no PNG, JPEG, GIF or WebP picture'
      : 'which is outside the drawing and never loaded';
    const message = `<${tag.name}> refers to "${shown}", ${why}. Draw it in the document itself.`;
    throw new Refused('forbidden', message, line);
  });
}

/** SVG 2's href first, then any of a namespace: which one a drawing library takes is not relied on. */
function hrefsOf(tag: SaxesTagNS): string[] {
  const hrefs = Object.values(tag.attributes).filter(({ local }) => local === 'href');
  return hrefs.sort((a, b) => a.prefix.length - b.prefix.length).map(({ value }) => value.trim());
}
