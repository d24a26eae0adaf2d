import type { Scene } from '../../../../tools/image/segment/scene.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import { type Field, fieldOf } from './field.ts';
import { type Loop, type Point, signedArea } from './geometry.ts';
import { hiddenPathOf } from './hidden.ts';
import { outlinesOf } from './outline.ts';
import { openPathOf, type Path, pathOf } from './path.ts';
import type { PieceSettings } from './pieces.ts';
import { distanceTo, type Fit, type Primitive, primitiveOf } from './primitives.ts';
import { type Ring, ringOf } from './stroke/ring.ts';
import { type Stroke, strokesOf } from './stroke/strokes.ts';

export interface TraceSettings {
  readonly pieces: PieceSettings;
  /** How well a primitive must fit. */
  readonly primitive: Fit;
  /** Shapes of fewer pixels are left out. */
  readonly leastArea: number;
  /** Reads shapes of constant width as strokes along their middle lines. */
  readonly strokes: boolean;
}

export interface Surroundings {
  readonly segmentation: Segmentation;
  readonly scene: Scene;
  /** Shapes that are not painted because what lies beneath their parent shows through. */
  readonly holes: ReadonlySet<number>;
  readonly settings: TraceSettings;
}

/** A stroke's middle line: a primitive, or lines and curves. */
export type Middle = { readonly primitive: Primitive } | { readonly path: Path };

/** What a shape is drawn with. */
export type Form =
  | { readonly kind: 'ring'; readonly ring: Ring }
  | {
      readonly kind: 'strokes';
      readonly strokes: readonly { readonly stroke: Stroke; readonly middle: Middle }[];
      readonly field: Field;
    }
  | { readonly kind: 'primitive'; readonly primitive: Primitive }
  | { readonly kind: 'path'; readonly paths: readonly Path[] };

export interface Description {
  readonly shape: number;
  readonly form: Form;
  /** Outer outline, by which gradients are placed. */
  readonly outer: Loop;
  /** The shape that fills what an outline encloses, part of the same element. */
  readonly fills?: number;
  /** Drawn as one block: what showed through it must be painted on top. */
  readonly block: boolean;
  /** A whole side of it is covered, and reaches beneath what covers it. */
  readonly tucked?: boolean;
  /** How many numbers it takes. */
  readonly cost: number;
}

const NUMBERS = { circle: 3, ellipse: 4, rect: 4, line: 2, arc: 4, cubic: 6 } as const;

/**
 * The simplest form of a shape. Where a shape of `above` covers its edge, the edge may lie anywhere beneath.
 * Undefined when it is too small to have an outline.
 */
export function describe(
  around: Surroundings,
  shape: number,
  above: ReadonlySet<number> = new Set(),
): Description | undefined {
  const { segmentation, scene, holes, settings } = around;
  const alone = fieldOf(segmentation, scene, new Set([shape]));
  const loops = outlinesOf(alone);
  const [outer] = loops;
  if (!outer) return undefined;
  const whole = (loop: Loop) => primitiveOf(loop, loop, settings.primitive);
  const simple = loops.length === 1 ? whole(outer) : undefined;
  if (settings.strokes && !isBlock(simple)) {
    const stroked = strokedForm(alone, loops, settings);
    if (stroked) {
      const { form, cost, closed } = stroked;
      const fills = closed ? fillingOf(around, shape) : undefined;
      return { shape, form, outer, block: false, cost, ...(fills !== undefined && { fills }) };
    }
  }
  const inside = new Set<number>();
  const gather = (index: number) => {
    inside.add(index);
    for (const child of scene.nodes[index]?.children ?? []) if (!holes.has(child)) gather(child);
  };
  gather(shape);
  const filled = inside.size === 1 ? loops : outlinesOf(fieldOf(segmentation, scene, inside));
  const edge = filled[0] ?? outer;
  const primitive = filled.length === 1 && inside.size === 1 ? simple : whole(edge);
  const { hidden, covered, beneath } = coverage(segmentation, edge, inside, above);
  if (primitive) {
    const reaching = above.size > 0 ? tucked(primitive, edge, hidden) : primitive;
    return { ...blockOf(shape, reaching, edge), tucked: reaching !== primitive };
  }
  if (above.size > 0) {
    const seen = edge.filter((point, i) => !hidden(point, i));
    const partly = seen.length > 0.35 * edge.length ? primitiveOf(seen, edge, settings.primitive) : undefined;
    if (partly && staysCovered(partly, covered)) return blockOf(shape, partly, edge);
  }
  const paths = filled.map((loop, i) =>
    i === 0 && above.size > 0
      ? hiddenPathOf(loop, { hidden, covered, beneath }, settings.pieces)
      : pathOf(loop, settings.pieces),
  );
  const cost = paths.reduce((sum, path) => sum + costOf(path), 0);
  return { shape, form: { kind: 'path', paths }, outer: edge, block: false, cost };
}

function blockOf(shape: number, primitive: Primitive, outer: Loop): Description {
  const cost = NUMBERS[primitive.kind] + (primitive.kind !== 'circle' && primitive.turn !== 0 ? 1 : 0);
  return { shape, form: { kind: 'primitive', primitive }, outer, block: true, cost };
}

function strokedForm(field: Field, loops: readonly Loop[], settings: TraceSettings) {
  const ring = ringOf(loops, settings.primitive);
  if (ring) {
    const form: Form = { kind: 'ring', ring };
    return { form, closed: true, cost: NUMBERS[ring.primitive.kind] + 1 };
  }
  const found = strokesOf(field, loops);
  if (!found) return undefined;
  const strokes = found.map((stroke) => ({ stroke, middle: middleOf(stroke, settings) }));
  const cost = strokes.reduce(
    (sum, { middle }) => sum + ('path' in middle ? costOf(middle.path) : NUMBERS[middle.primitive.kind]),
    1,
  );
  const closed = found.length === 1 && found[0]?.closed === true;
  const form: Form = { kind: 'strokes', strokes, field };
  return { form, closed, cost };
}

function middleOf({ points, closed }: Stroke, { pieces, primitive }: TraceSettings): Middle {
  const shape = closed ? primitiveOf(points, points, primitive) : undefined;
  if (shape) return { primitive: shape };
  return { path: closed ? pathOf(points, pieces) : openPathOf(points, pieces) };
}

/** The one painted shape that fills what an outline encloses. */
function fillingOf(
  { segmentation, scene, holes, settings }: Surroundings,
  shape: number,
): number | undefined {
  const inner = (scene.nodes[shape]?.children ?? []).filter(
    (child) => (segmentation.shapes[child]?.area ?? 0) >= settings.leastArea,
  );
  const [only] = inner;
  return inner.length === 1 && only !== undefined && !holes.has(only) ? only : undefined;
}

/** A block is no stroke; a bar with fully rounded ends is. */
function isBlock(shape: Primitive | undefined): boolean {
  if (!shape) return false;
  return shape.kind !== 'rect' || shape.r < 0.46 * Math.min(shape.width, shape.height);
}

function costOf({ segments }: Path): number {
  return segments.reduce((sum, { kind }) => sum + NUMBERS[kind], 2);
}

/** Pixels from an outline to where its other side is looked up. */
const BESIDE = 1.3;

function coverage(
  { width, height, shapeAt }: Segmentation,
  loop: Loop,
  inside: ReadonlySet<number>,
  above: ReadonlySet<number>,
) {
  const outwards = signedArea(loop) > 0 ? 1 : -1;
  const shapeNear = ([x, y]: Point) =>
    x < 0 || y < 0 || x >= width || y >= height ? -1 : (shapeAt[Math.floor(y) * width + Math.floor(x)] ?? -1);
  const n = loop.length;
  const hidden = ([x, y]: Point, i: number): boolean => {
    const [a, b] = [loop[(i + n - 2) % n], loop[(i + 2) % n]];
    if (!a || !b) return false;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const other = shapeNear([x + uy * BESIDE * outwards, y - ux * BESIDE * outwards]);
    return other === -1 || above.has(other);
  };
  const covered = (point: Point): boolean => {
    const shape = shapeNear(point);
    return shape === -1 || inside.has(shape) || above.has(shape);
  };
  const beneath = (point: Point): boolean => {
    const shape = shapeNear(point);
    return shape === -1 || above.has(shape);
  };
  return { hidden, covered, beneath };
}

/** How far a covered side is pushed beneath what covers it, in pixels; less where its corners can be seen. */
const TUCK = { sharp: 1, rounded: 0.4 } as const;

/** Sides of an upright rectangle that another shape covers reach a little beneath it: no seam can show. */
function tucked(
  primitive: Primitive,
  loop: Loop,
  hidden: (point: Point, index: number) => boolean,
): Primitive {
  if (primitive.kind !== 'rect' || primitive.turn !== 0) return primitive;
  const { cx, cy, width, height, r } = primitive;
  const push = (on: (point: Point) => boolean) => {
    const side = [...loop.entries()].filter(([, point]) => on(point));
    return side.length > 3 && side.every(([i, point]) => hidden(point, i)) ? tuck : 0;
  };
  const tuck = r > 1 ? TUCK.rounded : TUCK.sharp;
  const [inX, inY] = [width / 2 - 2 - r / 2, height / 2 - 2 - r / 2];
  const across = ([x]: Point) => Math.abs(x - cx) < inX;
  const along = ([, y]: Point) => Math.abs(y - cy) < inY;
  const left = push((point) => point[0] < cx - inX && along(point));
  const right = push((point) => point[0] > cx + inX && along(point));
  const top = push((point) => point[1] < cy - inY && across(point));
  const bottom = push((point) => point[1] > cy + inY && across(point));
  if (left + right + top + bottom === 0) return primitive;
  return {
    ...primitive,
    cx: cx + (right - left) / 2,
    cy: cy + (bottom - top) / 2,
    width: width + left + right,
    height: height + top + bottom,
  };
}

/** No part of a primitive that sticks out of what is seen lies anywhere but beneath what covers it. */
function staysCovered(primitive: Primitive, covered: (point: Point) => boolean): boolean {
  const reach = reachOf(primitive);
  const step = Math.max(1, reach / 80);
  let [out, all] = [0, 0];
  for (let y = primitive.cy - reach; y <= primitive.cy + reach; y += step) {
    for (let x = primitive.cx - reach; x <= primitive.cx + reach; x += step) {
      // Along the very edge pixels are shared, so only what lies plainly inside counts.
      if (distanceTo(primitive, [x, y]) > -1) continue;
      all++;
      if (!covered([x, y])) out++;
    }
  }
  return out <= 0.002 * all;
}

function reachOf(shape: Primitive): number {
  if (shape.kind === 'circle') return shape.r;
  if (shape.kind === 'ellipse') return Math.max(shape.rx, shape.ry);
  return Math.hypot(shape.width, shape.height) / 2;
}
