import { type Component, componentsOf } from '../image/components.ts';
import type { Size } from '../image/pixels.ts';
import { bridge } from './bars.ts';
import type { MarkerShape, Point } from './model.ts';
import type { Layer } from './palette.ts';

export interface Dots {
  readonly points: readonly Point[];
  readonly shape: MarkerShape;
  /** Width of one dot in pixels. */
  readonly size: number;
  /** Share of the layer's pixels that the dots explain. */
  readonly explained: number;
}

/** Centre of a piece's coverage. */
function centreOf(
  cover: Uint8Array,
  labels: Int32Array,
  one: Component,
  width: number,
): Point & { mass: number } {
  let [x, y, mass] = [0, 0, 0];
  for (let py = Math.max(0, one.top - 1); py <= one.bottom; py++) {
    for (let px = Math.max(0, one.left - 1); px <= one.right; px++) {
      const i = py * width + px;
      if (labels[i] !== one.label && labels[i] !== 0) continue;
      const value = cover[i] ?? 0;
      mass += value;
      x += value * (px + 0.5);
      y += value * (py + 0.5);
    }
  }
  return { x: x / mass, y: y / mass, mass: mass / 255 };
}

/**
 * Dots of one size; undefined where the layer is none. Dots that overlap are told apart by laying dots of the
 * common size over the piece, one after the other, where most of it is still bare.
 */
export function dotsOf(layer: Layer, size: Size, em: number, gap: number): Dots | undefined {
  const mask = layer.cover.map((value) => (value >= 128 ? 1 : 0));
  if (gap > 2) bridge(mask, size, gap);
  const { labels, components } = componentsOf(mask, size);
  const pieces = components.filter(({ area }) => area >= 4);
  if (pieces.length === 0) return undefined;
  const extent = (one: Component) => Math.max(one.right - one.left, one.bottom - one.top);
  const small = pieces.filter((one) => extent(one) <= 2.2 * em && extent(one) >= 2);
  if (small.length < 3 || small.length < 0.6 * pieces.length) return undefined;
  const areas = small.map(({ area }) => area).sort((a, b) => a - b);
  const typical = modeOf(areas);
  const models = small.filter(({ area }) => Math.abs(area - typical) <= Math.max(2, 0.12 * typical));
  const widths = models.map(extent).sort((a, b) => a - b);
  const width = widths[widths.length >> 1] ?? 1;
  if (models.length < 0.35 * small.length) return undefined;
  // Dashes and dots with error bars are longer one way.
  const round = models.filter((one) => {
    const [across, down] = [one.right - one.left, one.bottom - one.top];
    const slants = one.area < 0.38 * across * down;
    return !slants && Math.abs(across - down) <= Math.max(2, 0.25 * Math.max(across, down));
  });
  if (round.length < 0.5 * models.length) return undefined;
  const model = models[0];
  if (!model) return undefined;
  const shape = shapeOf(labels, model, size.width, layer.cover);
  const points: Point[] = [];
  let explained = 0;
  for (const one of pieces) {
    if (one.area < 0.3 * typical) continue;
    if (one.area <= 1.25 * typical) {
      const { x, y } = centreOf(layer.cover, labels, one, size.width);
      // A dot partly hidden under another shows less: its middle is then that of what is left.
      points.push({ x, y });
      explained += one.area;
      continue;
    }
    const found = overlapping(labels, one, size.width, width, typical, shape);
    if (!found) return undefined;
    points.push(...found);
    explained += one.area;
  }
  const offset = shape === '^' ? -width * 0.11 : 0;
  return {
    points: points.map(({ x, y }) => ({ x, y: y + offset })),
    shape,
    size: width,
    explained:
      explained /
      Math.max(
        1,
        pieces.reduce((sum, { area }) => sum + area, 0),
      ),
  };
}

function modeOf(sorted: readonly number[]): number {
  let [best, value] = [0, sorted[0] ?? 0];
  for (const area of sorted) {
    const near = sorted.filter((other) => Math.abs(other - area) <= Math.max(2, 0.08 * area)).length;
    if (near > best) [best, value] = [near, area];
  }
  return value;
}

/** Centres of overlapping dots in one piece; undefined when more than eight would be needed. */
function overlapping(
  labels: Int32Array,
  one: Component,
  stride: number,
  width: number,
  typical: number,
  shape: MarkerShape,
): Point[] | undefined {
  const radius = width / 2;
  const inside = (dx: number, dy: number) =>
    shape === 's'
      ? Math.max(Math.abs(dx), Math.abs(dy)) <= radius
      : shape === 'D'
        ? Math.abs(dx) + Math.abs(dy) <= radius
        : Math.hypot(dx, dy) <= radius;
  const bare = new Map<number, true>();
  for (let y = one.top; y < one.bottom; y++) {
    for (let x = one.left; x < one.right; x++)
      if (labels[y * stride + x] === one.label) bare.set(y * stride + x, true);
  }
  const points: Point[] = [];
  while (bare.size > 0.18 * typical) {
    if (points.length === 8) return undefined;
    let best: { x: number; y: number; score: number } | undefined;
    for (let cy = one.top + radius - 1; cy <= one.bottom - radius + 1; cy += 0.5) {
      for (let cx = one.left + radius - 1; cx <= one.right - radius + 1; cx += 0.5) {
        let [gain, outside] = [0, 0];
        for (let y = Math.floor(cy - radius); y <= cy + radius; y++) {
          for (let x = Math.floor(cx - radius); x <= cx + radius; x++) {
            if (!inside(x + 0.5 - cx, y + 0.5 - cy)) continue;
            const i = y * stride + x;
            if (bare.has(i)) gain++;
            else if (labels[i] !== one.label) outside++;
          }
        }
        const score = gain - 2 * outside;
        if (!best || score > best.score) best = { x: cx, y: cy, score };
      }
    }
    if (!best || best.score < 0.1 * typical) break;
    const { x: cx, y: cy } = best;
    points.push({ x: cx, y: cy });
    for (const i of [...bare.keys()]) {
      const x = (i % stride) + 0.5;
      const y = Math.floor(i / stride) + 0.5;
      if (inside((x - cx) * 0.92, (y - cy) * 0.92)) bare.delete(i);
    }
  }
  return points;
}

/** The marker that a piece looks like, by how full its box is and where its ink lies. */
export function shapeOf(labels: Int32Array, one: Component, stride: number, cover: Uint8Array): MarkerShape {
  const width = one.right - one.left;
  const height = one.bottom - one.top;
  const on = (fx: number, fy: number) => {
    const x = Math.min(one.right - 1, Math.floor(one.left + fx * width));
    const y = Math.min(one.bottom - 1, Math.floor(one.top + fy * height));
    return labels[y * stride + x] === one.label && (cover[y * stride + x] ?? 0) >= 128;
  };
  const fill = one.area / Math.max(1, width * height);
  const corners = [on(0.06, 0.06), on(0.94, 0.06), on(0.06, 0.94), on(0.94, 0.94)].filter(Boolean).length;
  const third = (from: number, to: number) => {
    let count = 0;
    for (let y = Math.floor(one.top + from * height); y < one.top + to * height; y++) {
      for (let x = one.left; x < one.right; x++) if (labels[y * stride + x] === one.label) count++;
    }
    return count / Math.max(1, one.area);
  };
  const [upper, lower] = [third(0, 0.5), third(0.5, 1)];
  if (fill > 0.92 || (fill > 0.86 && corners >= 3)) return 's';
  const sides = [on(0.5, 0.04), on(0.04, 0.5), on(0.96, 0.5), on(0.5, 0.96)].filter(Boolean).length;
  if (fill < 0.62 && corners >= 3 && sides <= 1) return 'x';
  if (lower > upper * 1.5 && on(0.12, 0.94) && on(0.88, 0.94)) return '^';
  if (upper > lower * 1.5 && on(0.12, 0.06) && on(0.88, 0.06)) return 'v';
  if (fill < 0.5 && sides >= 3 && !on(0.25, 0.25) && !on(0.75, 0.75)) return fill < 0.4 ? '+' : 'D';
  if (fill < 0.69) return on(0.5, 0.04) && !on(0.5, 0.97) ? '*' : 'D';
  return 'o';
}
