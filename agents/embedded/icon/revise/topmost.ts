import type { Renderer } from '../../../../core/render.ts';
import { type Pixels, pixelsOf } from '../../../../tools/image/pixels.ts';
import { type Leaf, spliced, withAttribute } from './leaves.ts';

/** More elements than colours that can be told apart. */
const MOST_LEAVES = 4000;

/**
 * Which element each pixel shows: index into `leaves`, -1 for none. Found by drawing every element in a colour
 * of its own; undefined when that does not render.
 */
export async function topmost(
  code: string,
  leaves: readonly Leaf[],
  { width, height }: Pick<Pixels, 'width' | 'height'>,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Int32Array | undefined> {
  if (leaves.length > MOST_LEAVES) return undefined;
  const step = Math.max(1, Math.floor(4095 / (leaves.length + 1)));
  const tint = (index: number) => ((index + 1) * step).toString(16).padStart(3, '0');
  const splices = leaves.map(({ start, end, fill, stroke }, index) => {
    // Twelve bits a colour, in three digits: far enough apart to survive rounding.
    const colour = `#${tint(index)}`;
    let text = withAttribute(code.slice(start, end), 'fill', fill === 'none' ? 'none' : colour);
    text = withAttribute(text, 'stroke', stroke === 'none' ? 'none' : colour);
    text = withAttribute(text, 'shape-rendering', 'crispEdges');
    return { start, end, text: withAttribute(text, 'opacity', '1') };
  });
  const result = await renderer.render({
    code: spliced(code, splices),
    size: { width, height },
    ...(signal && { signal }),
  });
  if (result.kind === 'render-failure') return undefined;
  const { data } = await pixelsOf(result.picture, { width, height });
  return Int32Array.from({ length: width * height }, (_, i) => {
    const [r, g, b] = [data[i * 3] ?? 0, data[i * 3 + 1] ?? 0, data[i * 3 + 2] ?? 0];
    const value = (Math.round(r / 17) << 8) | (Math.round(g / 17) << 4) | Math.round(b / 17);
    const index = Math.round(value / step) - 1;
    return value % step === 0 && index >= 0 && index < leaves.length ? index : -1;
  });
}
