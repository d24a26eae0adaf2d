import type { Size } from '../../../../tools/image/pixels.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import { svgOf } from '../document.ts';
import { fineTracers } from '../draft.ts';
import { type Lettering, type TraceSettings, trace, traceSettings } from '../trace/trace.ts';

/** Other readings by our own tracer: outlines followed more closely, fills instead of strokes, both. */
const settings: readonly TraceSettings[] = [
  { ...traceSettings, pieces: { ...traceSettings.pieces, price: 2, sigma: 0.05 }, leastArea: 1 },
  { ...traceSettings, strokes: false },
  {
    ...traceSettings,
    strokes: false,
    leastArea: 1,
    pieces: { ...traceSettings.pieces, price: 2, sigma: 0.05 },
    primitive: { rms: 0.08, most: 0.35 },
  },
];

/** Whole readings of a picture, as code. */
export interface Alternatives {
  readonly count: number;
  at(index: number): Promise<string>;
}

/** Readings that differ from the first one, made when they are asked for, each once. */
export function alternatives(
  segmentation: Segmentation,
  size: Size,
  texts: readonly Lettering[] = [],
): Alternatives {
  const made = new Map<number, Promise<string>>();
  const make = async (index: number) => {
    const own = settings[index];
    const tracer = fineTracers[index - settings.length];
    const elements = own ? trace(segmentation, own, texts) : tracer ? await tracer(segmentation.pixels) : [];
    return svgOf(elements, segmentation, size);
  };
  return {
    count: settings.length + fineTracers.length,
    at(index) {
      const found = made.get(index) ?? make(index);
      made.set(index, found);
      return found;
    },
  };
}
