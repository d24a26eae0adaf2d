import { depthOf } from '../../../tools/image/depth.ts';
import type { Segmentation } from '../../../tools/image/segment/segment.ts';
import { elementCount } from './document.ts';

/** Fewer slivers than this are detail. */
const LEAST = 5;
/** Elements for each shape that is no sliver, above which the code draws slivers too. */
const ELEMENTS = 1.5;

/**
 * Tells whether code draws shards: most of what the picture was taken apart into is a pixel or two wide, as what
 * a codec or a kernel leaves along edges is, and the code has more elements than the other shapes need.
 */
export function shardsIn(segmentation: Segmentation): (code: string) => boolean {
  const { shapes, shapeAt, width } = segmentation;
  const inner = Uint8Array.from(shapeAt, (shape, i) => {
    const x = i % width;
    const around = [
      x > 0 ? shapeAt[i - 1] : shape,
      x < width - 1 ? shapeAt[i + 1] : shape,
      shapeAt[i - width] ?? shape,
      shapeAt[i + width] ?? shape,
    ];
    return around.every((other) => other === shape) ? 1 : 0;
  });
  const depth = depthOf(inner, segmentation);
  const solid = new Set(shapeAt.filter((_, i) => (depth[i] ?? 0) > 0)).size;
  const slivers = shapes.length - solid;
  const shattered = slivers >= LEAST && slivers > solid;
  return (code) => shattered && elementCount(code) > ELEMENTS * solid;
}
