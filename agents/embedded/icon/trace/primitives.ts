import { type Loop, type Point, signedArea, thinned } from './geometry.ts';
import { minimise, sumOfSquares } from './least-squares.ts';

/** Shapes that SVG has an element for. Angles in degrees, clockwise. */
export type Primitive =
  | { readonly kind: 'circle'; readonly cx: number; readonly cy: number; readonly r: number }
  | {
      readonly kind: 'ellipse';
      readonly cx: number;
      readonly cy: number;
      readonly rx: number;
      readonly ry: number;
      readonly turn: number;
    }
  | {
      readonly kind: 'rect';
      readonly cx: number;
      readonly cy: number;
      readonly width: number;
      readonly height: number;
      readonly r: number;
      readonly turn: number;
    };

/** How far an outline may lie from a primitive, in pixels. */
export interface Fit {
  /** Root mean square. */
  readonly rms: number;
  /** At the worst point. */
  readonly most: number;
}

const SAMPLES = 240;

/** Signed distance of a point from a primitive's outline, in pixels; for ellipses to first order. */
export function distanceTo(shape: Primitive, [x, y]: Point): number {
  const [dx, dy] = [x - shape.cx, y - shape.cy];
  if (shape.kind === 'circle') return Math.hypot(dx, dy) - shape.r;
  const angle = (shape.turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [u, v] = [dx * cos + dy * sin, dy * cos - dx * sin];
  if (shape.kind === 'ellipse') {
    const k = Math.hypot(u / shape.rx, v / shape.ry);
    const slope = Math.hypot(u / shape.rx ** 2, v / shape.ry ** 2);
    return slope === 0 ? -Math.min(shape.rx, shape.ry) : (k * (k - 1)) / slope;
  }
  const [a, b] = [Math.abs(u) - shape.width / 2 + shape.r, Math.abs(v) - shape.height / 2 + shape.r];
  return Math.hypot(Math.max(a, 0), Math.max(b, 0)) + Math.min(Math.max(a, b), 0) - shape.r;
}

/**
 * The simplest primitive that an outline is, within the fit asked for; undefined when it is none.
 * @param hard points that the primitive must pass; the rest of the outline may be hidden
 */
export function primitiveOf(hard: readonly Point[], loop: Loop, fit: Fit): Primitive | undefined {
  if (hard.length < 8) return undefined;
  const points = thinned(hard, SAMPLES);
  for (const start of startsOf(loop)) {
    const shape = fitted(points, start);
    if (isWithin(shape, hard, fit)) return shape;
  }
  return undefined;
}

/** First guesses, simplest kind first. */
function* startsOf(loop: Loop): Generator<Primitive> {
  const { left, top, right, bottom } = boundsOf(loop, 0);
  const [cx, cy, width, height] = [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top];
  const area = Math.abs(signedArea(loop));
  const r = cornerOf(width, height, area);
  yield { kind: 'circle', cx, cy, r: Math.sqrt(area / Math.PI) };
  yield { kind: 'rect', cx, cy, width, height, r: 0, turn: 0 };
  yield { kind: 'rect', cx, cy, width, height, r, turn: 0 };
  yield { kind: 'ellipse', cx, cy, rx: width / 2, ry: height / 2, turn: 0 };
  const turned = narrowest(loop);
  yield { ...turned, r: 0 };
  yield turned;
  yield { ...turned, kind: 'ellipse', rx: turned.width / 2, ry: turned.height / 2 };
}

/** The free numbers of a primitive; a rectangle without rounding keeps none, an upright shape stays upright. */
function numbersOf(shape: Primitive): { values: number[]; build: (values: readonly number[]) => Primitive } {
  const { kind, cx, cy } = shape;
  if (kind === 'circle') {
    return {
      values: [cx, cy, shape.r],
      build: ([x = 0, y = 0, r = 0]) => ({ kind, cx: x, cy: y, r: Math.abs(r) }),
    };
  }
  const turns = shape.turn === 0 ? [] : [shape.turn];
  if (kind === 'ellipse') {
    return {
      values: [cx, cy, shape.rx, shape.ry, ...turns],
      build: ([x = 0, y = 0, rx = 0, ry = 0, turn = 0]) => ({
        kind,
        cx: x,
        cy: y,
        rx: Math.max(0.01, Math.abs(rx)),
        ry: Math.max(0.01, Math.abs(ry)),
        turn,
      }),
    };
  }
  const rounded = shape.r > 0;
  return {
    values: [cx, cy, shape.width, shape.height, ...(rounded ? [shape.r] : []), ...turns],
    build: ([x = 0, y = 0, width = 0, height = 0, ...rest]) => {
      const r = rounded ? (rest[0] ?? 0) : 0;
      const turn = rest[rounded ? 1 : 0] ?? 0;
      return { kind, cx: x, cy: y, width, height, r: Math.min(Math.max(0, r), width / 2, height / 2), turn };
    },
  };
}

function fitted(points: readonly Point[], start: Primitive): Primitive {
  const { values, build } = numbersOf(start);
  const found = minimise((numbers) => {
    const shape = build(numbers);
    return Float64Array.from(points, (point) => distanceTo(shape, point));
  }, values);
  return build(found);
}

/** How far some points lie from a primitive. */
export function fitOf(shape: Primitive, points: readonly Point[]): Fit {
  const away = Float64Array.from(points, (point) => distanceTo(shape, point));
  return {
    rms: Math.sqrt(sumOfSquares(away) / Math.max(1, away.length)),
    most: away.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  };
}

function isWithin(shape: Primitive, points: readonly Point[], { rms, most }: Fit): boolean {
  const fit = fitOf(shape, points);
  return fit.rms <= rms && fit.most <= most;
}

/** Extent along axes turned by an angle in degrees. */
function boundsOf(loop: Loop, turn: number) {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of loop) {
    const [u, v] = [x * cos + y * sin, y * cos - x * sin];
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  return { left, top, right, bottom };
}

/** The rectangle of least area around an outline, tried in steps of two degrees. */
function narrowest(loop: Loop): Extract<Primitive, { kind: 'rect' }> {
  const points = thinned(loop, SAMPLES);
  let best = { turn: 45, area: Infinity };
  for (let turn = 1; turn < 90; turn += 2) {
    const { left, top, right, bottom } = boundsOf(points, turn);
    const area = (right - left) * (bottom - top);
    if (area < best.area) best = { turn, area };
  }
  const { turn } = best;
  const { left, top, right, bottom } = boundsOf(loop, turn);
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [width, height] = [right - left, bottom - top];
  const r = cornerOf(width, height, Math.abs(signedArea(loop)));
  return { kind: 'rect', cx: u * cos - v * sin, cy: u * sin + v * cos, width, height, r, turn };
}

/** Corner radius of a rounded rectangle that has this area. */
function cornerOf(width: number, height: number, area: number): number {
  const missing = Math.max(0, width * height - area);
  return Math.max(0.5, Math.min(Math.sqrt(missing / (4 - Math.PI)), width / 2, height / 2));
}
