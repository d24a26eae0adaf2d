import type { Size } from '../image/pixels.ts';
import { runsOf } from './lines.ts';
import type { Frame } from './model.ts';

export type Side = 'left' | 'bottom' | 'right' | 'top';

export interface TickMark {
  /** Centre along the axis, weighted by ink, in pixels. */
  readonly at: number;
  /** Pixels outwards from the border line. */
  readonly length: number;
}

/** Rows outside the border line in which every mark must have ink. */
const NEAR = 3;
/** A mark has at least this share of the darkest mark's ink. */
const INK = 0.35;
const LONGEST = 24;

/**
 * The marks that stick out of one side of the frame, in order of their places along it.
 * @param brightest brightest channel of each pixel: coloured markers that lie over the border line are no marks
 */
export function tickMarks(
  brightest: Uint8Array,
  { width, height }: Size,
  ground: number,
  frame: Frame,
  side: Side,
): TickMark[] {
  const across = side === 'left' || side === 'right';
  const outwards = side === 'left' || side === 'top' ? -1 : 1;
  const half = frame.thickness / 2;
  // The border line's own outermost pixel.
  const border = outwards > 0 ? Math.round(frame[side] + half) - 1 : Math.round(frame[side] - half);
  const [from, to] = across ? [frame.top, frame.bottom] : [frame.left, frame.right];
  const start = Math.max(0, Math.floor(from - half - 1));
  const end = Math.min(across ? height : width, Math.ceil(to + half + 1));
  const ink = (depth: number, position: number) => {
    const line = border + outwards * depth;
    if (line < 0 || line >= (across ? width : height)) return 0;
    return Math.max(0, ground - (brightest[across ? position * width + line : line * width + position] ?? 0));
  };
  const least = (position: number) => {
    let value = 255;
    for (let depth = 1; depth <= NEAR; depth++) value = Math.min(value, ink(depth, position));
    return value;
  };
  let darkest = 0;
  for (let position = start; position < end; position++) darkest = Math.max(darkest, least(position));
  if (darkest < 60) return [];
  return runsOf(end - start, 1, (i) => least(start + i) > INK * darkest)
    .filter(([a, b]) => b - a <= Math.max(4, 3 * frame.thickness))
    .map(([a, b]) => {
      let [sum, weighted] = [0, 0];
      for (let i = a - 1; i <= b; i++) {
        const value = least(start + i);
        sum += value;
        weighted += value * (start + i + 0.5);
      }
      const at = weighted / sum;
      let length = NEAR;
      while (length < LONGEST && ink(length + 1, Math.floor(at)) > 0.4 * darkest) length++;
      return { at, length: length + half };
    });
}
