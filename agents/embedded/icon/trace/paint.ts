import { hexOf } from '../../../../tools/critic/embedded/words.ts';
import type { Rgb } from '../../../../tools/image/ground.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import { angleBetween, type Extent, type Point, unit } from './geometry.ts';
import { type Gradient, gradientOf } from './gradient.ts';
import type { Stop } from './stops.ts';
import { numeral } from './write.ts';

export type Paint = { readonly kind: 'flat'; readonly colour: Rgb } | Gradient;

/** A gradient may leave this many levels unexplained (root mean square) and still be one. */
const MOST_RMS = 9;

/** How one shape is painted, by the pixels that it alone covers. */
export function paintOf(
  { shapes, surfaces, shapeAt, share, width, pixels }: Segmentation,
  index: number,
): Paint {
  const shape = shapes[index];
  const surface = surfaces[shape?.surface ?? 0];
  const flat = { kind: 'flat', colour: surface?.colour ?? [0, 0, 0] } as const;
  if (!shape || !surface || surface.flat) return flat;
  const inside: number[] = [];
  for (let y = shape.top; y < shape.bottom; y++) {
    for (let x = shape.left; x < shape.right; x++) {
      const i = y * width + x;
      if (shapeAt[i] === index && (share[i] ?? 0) > 0.999) inside.push(i);
    }
  }
  const found = gradientOf(pixels, inside);
  return found && found.rms <= MOST_RMS ? found.gradient : flat;
}

/** Ends of the gradients that people write: across, down, and along both diagonals of the shape's box. */
const usual = [
  { ends: 'x2="1" y2="0"', start: [0, 0], along: [1, 0] },
  { ends: 'x2="0" y2="1"', start: [0, 0], along: [0, 1] },
  { ends: 'x2="1" y2="1"', start: [0, 0], along: [1, 1] },
  { ends: 'x1="1" x2="0" y2="1"', start: [1, 0], along: [-1, 1] },
] as const;
/** Angle in radians by which a gradient may miss a usual direction. */
const ALIKE = 0.025;

/** The element that defines a gradient for a shape of some extent, to be named by `url(#id)`. */
export function gradientElement(gradient: Gradient, id: string, extent: Extent): string {
  return gradient.kind === 'linear'
    ? linearElement(gradient, id, extent)
    : radialElement(gradient, id, extent);
}

function linearElement(
  { from, to, stops }: Extract<Gradient, { kind: 'linear' }>,
  id: string,
  extent: Extent,
): string {
  const [left, top, width, height] = extent;
  const along: Point = [to[0] - from[0], to[1] - from[1]];
  for (const { ends, start, along: axis } of usual) {
    const slope: Point = [axis[0] / width, axis[1] / height];
    const miss = angleBetween(unit(slope), unit(along));
    if (Math.min(miss, Math.PI - miss) > ALIKE) continue;
    const square = axis[0] ** 2 + axis[1] ** 2;
    const offset = ([x, y]: Point) =>
      (((x - left) / width - start[0]) * axis[0] + ((y - top) / height - start[1]) * axis[1]) / square;
    const [a, b] = [offset(from), offset(to)];
    const placed = stops.map((stop) => ({ ...stop, offset: a + stop.offset * (b - a) }));
    if (b < a) placed.reverse();
    return `<linearGradient id="${id}" ${ends}>${stopElements(reaching(placed))}</linearGradient>`;
  }
  const n = (value: number) => numeral(value, 1);
  return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${n(from[0])}" y1="${n(from[1])}" x2="${n(to[0])}" y2="${n(to[1])}">${stopElements(stops)}</linearGradient>`;
}

function radialElement(
  { centre, radius, stops }: Extract<Gradient, { kind: 'radial' }>,
  id: string,
  extent: Extent,
): string {
  const [left, top, width, height] = extent;
  const placed = stopElements(reaching(stops));
  if (Math.abs(width - height) > 0.01 * width) {
    const n = (value: number) => numeral(value, 1);
    return `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${n(centre[0])}" cy="${n(centre[1])}" r="${n(radius)}">${placed}</radialGradient>`;
  }
  const share = (value: number) => numeral(value, 3);
  return `<radialGradient id="${id}" cx="${share((centre[0] - left) / width)}" cy="${share((centre[1] - top) / height)}" r="${share(radius / width)}">${placed}</radialGradient>`;
}

/** How near the end of its range a stop must lie to be meant for the end itself. */
const NEAR_END = 0.06;

/** Stops were measured inside the shape, short of its edges: the end runs are continued to 0 and 1. */
function reaching(stops: readonly Stop[]): Stop[] {
  const result = [...stops];
  const stretch = (end: number, next: number, goal: 0 | 1) => {
    const [a, b] = [result[end], result[next]];
    if (!a || !b || Math.abs(a.offset - goal) > NEAR_END || a.offset === b.offset) return;
    const t = (goal - a.offset) / (b.offset - a.offset);
    const level = (channel: number) => {
      const [p, q] = [a.colour[channel] ?? 0, b.colour[channel] ?? 0];
      return Math.min(255, Math.max(0, Math.round(p + (q - p) * t)));
    };
    result[end] = { offset: goal, colour: [level(0), level(1), level(2)] };
  };
  stretch(0, 1, 0);
  stretch(result.length - 1, result.length - 2, 1);
  return result;
}

function stopElements(stops: readonly Stop[]): string {
  return stops
    .map(({ offset, colour }) => `<stop offset="${numeral(offset, 2)}" stop-color="${hexOf(colour)}"/>`)
    .join('');
}
