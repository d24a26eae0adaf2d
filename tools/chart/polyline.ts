import type { Point } from './model.ts';

/** Where a line's ink lies in one column of pixels: middle by coverage, and total coverage in pixels. */
export interface Column {
  readonly x: number;
  readonly y: number;
  readonly thickness: number;
}

/** Root mean square error in pixels at which a line counts as fitted. */
const GOOD = 0.34;
const MOST_SEGMENTS = 60;

/**
 * Heights of a line at knots, by least squares over its columns; hats between neighbouring knots. Columns far
 * from the fit (another line crosses there) are left out and the fit is made again.
 */
export function fitKnots(
  columns: readonly Column[],
  knots: readonly number[],
): { ys: number[]; error: number; worst: number } | undefined {
  let used: readonly Column[] = columns;
  let ys: number[] | undefined;
  for (let pass = 0; pass < 4; pass++) {
    ys = solve(used, knots);
    if (!ys) return undefined;
    const fitted = ys;
    const limit = Math.max(
      0.8,
      2.5 * median(columns.map((one) => Math.abs(heightAt(knots, fitted, one.x) - one.y))),
    );
    const next = columns.filter(
      (one) => Math.abs(heightAt(knots, fitted, one.x) - one.y) <= limit * allowance(one),
    );
    if (next.length < 0.6 * columns.length) break;
    used = next;
  }
  if (!ys) return undefined;
  const fitted = ys;
  const errors = columns.map((one) => Math.abs(heightAt(knots, fitted, one.x) - one.y) / allowance(one));
  errors.sort((a, b) => a - b);
  const kept = errors.slice(0, Math.ceil(errors.length * 0.85));
  return {
    ys,
    error: Math.sqrt(kept.reduce((sum, value) => sum + value * value, 0) / Math.max(1, kept.length)),
    worst: errors[Math.floor(errors.length * 0.85)] ?? 0,
  };
}

/** Steep places are known less exactly. */
function allowance({ thickness }: Column): number {
  return Math.max(1, thickness / 5);
}

/** Knots at equal distances between two ends, as few as fit the columns. */
export function evenKnots(
  columns: readonly Column[],
  from: number,
  to: number,
): { points: Point[]; error: number } | undefined {
  let best: { points: Point[]; error: number } | undefined;
  for (let segments = 1; segments <= Math.min(MOST_SEGMENTS, (to - from) / 6); segments++) {
    const knots = Array.from({ length: segments + 1 }, (_, k) => from + ((to - from) * k) / segments);
    const fit = fitKnots(columns, knots);
    if (!fit) continue;
    if (!best || fit.error < best.error) {
      best = { error: fit.error, points: knots.map((x, k) => ({ x, y: fit.ys[k] ?? 0 })) };
    }
    if (fit.error < GOOD && fit.worst < 1.2)
      return { points: knots.map((x, k) => ({ x, y: fit.ys[k] ?? 0 })), error: fit.error };
  }
  return best && best.error < 2 * GOOD ? best : undefined;
}

export function heightAt(knots: readonly number[], ys: readonly number[], x: number): number {
  let k = 0;
  while (k < knots.length - 2 && x > (knots[k + 1] ?? 0)) k++;
  const [a, b] = [knots[k] ?? 0, knots[k + 1] ?? 1];
  const t = Math.min(1.2, Math.max(-0.2, (x - a) / (b - a)));
  return (ys[k] ?? 0) * (1 - t) + (ys[k + 1] ?? 0) * t;
}

/** Normal equations of hat functions are tridiagonal; a trace of smoothness keeps knots without columns defined. */
function solve(columns: readonly Column[], knots: readonly number[]): number[] | undefined {
  const n = knots.length;
  const diagonal = new Float64Array(n).fill(1e-6);
  const beside = new Float64Array(n);
  const right = new Float64Array(n);
  const mean = columns.reduce((sum, { y }) => sum + y, 0) / Math.max(1, columns.length);
  right.fill(1e-6 * mean);
  let k = 0;
  for (const { x, y, thickness } of columns) {
    while (k < n - 2 && x > (knots[k + 1] ?? 0)) k++;
    const [a, b] = [knots[k] ?? 0, knots[k + 1] ?? 1];
    const t = Math.min(1, Math.max(0, (x - a) / (b - a)));
    const weight = 1 / Math.max(1, thickness / 4);
    diagonal[k] = (diagonal[k] ?? 0) + weight * (1 - t) ** 2;
    diagonal[k + 1] = (diagonal[k + 1] ?? 0) + weight * t * t;
    beside[k] = (beside[k] ?? 0) + weight * t * (1 - t);
    right[k] = (right[k] ?? 0) + weight * (1 - t) * y;
    right[k + 1] = (right[k + 1] ?? 0) + weight * t * y;
  }
  for (let i = 1; i < n; i++) {
    const factor = (beside[i - 1] ?? 0) / (diagonal[i - 1] ?? 1);
    diagonal[i] = (diagonal[i] ?? 0) - factor * (beside[i - 1] ?? 0);
    right[i] = (right[i] ?? 0) - factor * (right[i - 1] ?? 0);
  }
  const ys: number[] = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i--) {
    ys[i] = ((right[i] ?? 0) - (beside[i] ?? 0) * (ys[i + 1] ?? 0)) / (diagonal[i] ?? 1);
  }
  return ys.every(Number.isFinite) ? ys : undefined;
}

/** Corners of a line that stands at no equal distances: split where it leaves the chord, then fit. */
export function cornersOf(columns: readonly Column[]): Point[] {
  const keep = new Set<number>([0, columns.length - 1]);
  const split = (from: number, to: number) => {
    const [a, b] = [columns[from], columns[to]];
    if (!a || !b || to - from < 4) return;
    let [worst, at] = [1, -1];
    for (let i = from + 1; i < to; i++) {
      const one = columns[i];
      if (!one) continue;
      const y = a.y + ((b.y - a.y) * (one.x - a.x)) / (b.x - a.x);
      const off = Math.abs(one.y - y) / Math.max(1, one.thickness / 4);
      if (off > worst) [worst, at] = [off, i];
    }
    if (at < 0) return;
    keep.add(at);
    split(from, at);
    split(at, to);
  };
  split(0, columns.length - 1);
  const knots = [...keep].sort((a, b) => a - b).flatMap((i) => columns[i]?.x ?? []);
  const fit = fitKnots(columns, knots);
  return knots.map((x, k) => ({ x, y: fit?.ys[k] ?? 0 }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
