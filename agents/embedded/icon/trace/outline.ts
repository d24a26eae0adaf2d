import { contours } from 'd3-contour';
import type { Field } from './field.ts';
import { type Loop, type Point, signedArea } from './geometry.ts';

/** Outlines around less than this are grains, in square pixels. */
const LEAST_AREA = 1.2;

/**
 * The outlines of a field of shares: the half-way line lies where the edge was drawn, to a few hundredths of
 * a pixel. Outer outlines and holes, largest first.
 */
export function outlinesOf({ left, top, columns, rows, values }: Field): Loop[] {
  const { coordinates } = contours()
    .size([columns, rows])
    .contour([...values], 0.5);
  const loops = coordinates
    .flat()
    .map((ring): Loop => ring.slice(0, -1).map(([x = 0, y = 0]): Point => [x + left, y + top]));
  return loops
    .filter((loop) => Math.abs(signedArea(loop)) >= LEAST_AREA)
    .sort((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)));
}
