import type { Loop } from '../geometry.ts';
import { type Fit, type Primitive, primitiveOf } from '../primitives.ts';

/** A primitive drawn as an outline. */
export interface Ring {
  /** Runs along the middle of the outline. */
  readonly primitive: Primitive;
  readonly width: number;
  readonly join: 'miter' | 'round';
}

/** Centres and widths may differ by this much between the two edges of one ring, in pixels. */
const SAME = 0.45;

/** A shape whose outer and inner edge are the same primitive, evenly apart; undefined when it is none. */
export function ringOf(loops: readonly Loop[], fit: Fit): Ring | undefined {
  const [outerLoop, innerLoop] = loops;
  if (!outerLoop || !innerLoop || loops.length > 2) return undefined;
  const outer = primitiveOf(outerLoop, outerLoop, fit);
  const inner = outer && primitiveOf(innerLoop, innerLoop, fit);
  if (!outer || !inner || Math.hypot(outer.cx - inner.cx, outer.cy - inner.cy) > SAME) return undefined;
  const middle = { cx: (outer.cx + inner.cx) / 2, cy: (outer.cy + inner.cy) / 2 };
  if (outer.kind === 'circle' && inner.kind === 'circle') {
    const primitive = { ...outer, ...middle, r: (outer.r + inner.r) / 2 };
    return { primitive, width: outer.r - inner.r, join: 'miter' };
  }
  if (outer.kind === 'ellipse' && inner.kind === 'ellipse') {
    const [x, y] = [outer.rx - inner.rx, outer.ry - inner.ry];
    if (Math.abs(x - y) > 2 * SAME || turnBetween(outer.turn, inner.turn) > 3) return undefined;
    const primitive = { ...outer, ...middle, rx: (outer.rx + inner.rx) / 2, ry: (outer.ry + inner.ry) / 2 };
    return { primitive, width: (x + y) / 2, join: 'miter' };
  }
  if (outer.kind === 'rect' && inner.kind === 'rect') {
    const swap = turnBetween(outer.turn, inner.turn) > 45;
    const [w, h] = swap ? [inner.height, inner.width] : [inner.width, inner.height];
    const [x, y] = [(outer.width - w) / 2, (outer.height - h) / 2];
    const off = turnBetween(outer.turn, inner.turn);
    if (Math.abs(x - y) > SAME || Math.min(off, 90 - off) > 1.5) return undefined;
    const width = (x + y) / 2;
    // A corner drawn with a round join has half the width as its outer radius, and a sharp inner edge.
    const r = Math.max(0, outer.r - width / 2);
    const soft = outer.r > 0.3 * width;
    const primitive = {
      ...outer,
      ...middle,
      width: outer.width - width,
      height: outer.height - width,
      r: r < 0.15 * width && soft ? 0 : r,
    };
    return { primitive, width, join: soft ? 'round' : 'miter' };
  }
  return undefined;
}

/** Angle between two directions of a shape that looks the same after a half turn, 0 to 90 degrees. */
function turnBetween(a: number, b: number): number {
  const off = Math.abs(a - b) % 180;
  return Math.min(off, 180 - off);
}
