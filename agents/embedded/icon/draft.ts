import { hexOf } from '../../../tools/critic/embedded/words.ts';
import { groundOf } from '../../../tools/image/ground.ts';
import type { Pixels, Size } from '../../../tools/image/pixels.ts';
import type { Segmentation } from '../../../tools/image/segment/segment.ts';
import { svgOf } from './document.ts';
import { type Lettering, type TraceSettings, trace, traceSettings } from './trace/trace.ts';
import { imagetracerOf, type Tracer, vtracer } from './tracers.ts';

/** Readings of a calm picture, from coarse to fine. */
const calmTracers: readonly Tracer[] = [
  vtracer({ mode: 'polygon', speckle: 4, layers: 24, zoom: 1 }),
  vtracer({ mode: 'spline', speckle: 4, layers: 24, zoom: 1 }),
  vtracer({ mode: 'polygon', speckle: 4, layers: 16, zoom: 2 }),
  vtracer({ mode: 'spline', speckle: 4, layers: 16, zoom: 3 }),
  vtracer({ mode: 'spline', speckle: 3, layers: 8, zoom: 2 }),
  imagetracerOf({ colours: 4, omit: 8, tolerance: 1 }),
  imagetracerOf({ colours: 12, omit: 8, tolerance: 1 }),
];

/** A picture without calm places is a photo or noise: tracing it finely would take minutes and megabytes. */
const busyTracers: readonly Tracer[] = [vtracer({ mode: 'polygon', speckle: 16, layers: 64, zoom: 1 })];

/** Finer readings for places that the critic flagged. */
export const fineTracers: readonly Tracer[] = [
  vtracer({ mode: 'spline', speckle: 2, layers: 8, zoom: 3 }),
  vtracer({ mode: 'polygon', speckle: 2, layers: 8, zoom: 2 }),
];

/** Readings by our own tracer, the one for line drawings first. */
const ownSettings: readonly TraceSettings[] = [traceSettings, { ...traceSettings, strokes: false }];

/** First readings of a drawing by our own tracer, as whole SVG files shown at `size`. */
export function ownDrafts(
  segmentation: Segmentation,
  size: Size,
  texts: readonly Lettering[] = [],
): string[] {
  return ownSettings.map((settings) => svgOf(trace(segmentation, settings, texts), segmentation, size));
}

/** Readings by the general tracers; a picture that is no drawing is only traced coarsely. */
export async function otherDrafts(
  pixels: Pixels,
  size: Size,
  drawing: boolean,
  signal?: AbortSignal,
): Promise<string[]> {
  const drafts: string[] = [];
  for (const tracer of drawing ? calmTracers : busyTracers) {
    signal?.throwIfAborted();
    drafts.push(svgOf(await tracer(pixels, signal), pixels, size));
  }
  // What always renders: the ground alone, for a picture of more detail than any code within bounds can hold.
  const ground = `<rect width="${pixels.width}" height="${pixels.height}" fill="${hexOf(groundOf(pixels))}"/>`;
  return [...drafts, svgOf([ground], pixels, size)];
}
