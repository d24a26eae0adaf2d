import { type Bounds, hull, numbersIn } from './bounds.ts';

/** x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** What comes of applying `inner`, then `outer`. */
export function times(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Reads a `transform` attribute; undefined when it holds something unknown. */
export function matrixOf(text: string): Matrix | undefined {
  let matrix = identity;
  for (const part of text.split(')')) {
    const [name = '', list] = part.split('(');
    if (list === undefined) {
      if (part.trim() !== '') return undefined;
      continue;
    }
    const step = one(name.replaceAll(',', ' ').trim(), numbersIn(list));
    if (!step?.every(Number.isFinite)) return undefined;
    matrix = times(matrix, step);
  }
  return matrix;
}

function one(name: string, values: readonly number[]): Matrix | undefined {
  const [p = Number.NaN, q, r] = values;
  const angle = (p * Math.PI) / 180;
  switch (name) {
    case 'translate':
      return [1, 0, 0, 1, p, q ?? 0];
    case 'scale':
      return [p, 0, 0, q ?? p, 0, 0];
    case 'rotate': {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [cx, cy] = [q ?? 0, r ?? 0];
      return [cos, sin, -sin, cos, cx - cos * cx + sin * cy, cy - sin * cx - cos * cy];
    }
    case 'skewX':
      return [1, 0, Math.tan(angle), 1, 0, 0];
    case 'skewY':
      return [1, Math.tan(angle), 0, 1, 0, 0];
    case 'matrix': {
      const [a, b, c, d, e, f] = values;
      if (f === undefined || a === undefined) return undefined;
      return [a, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f];
    }
    default:
      return undefined;
  }
}

/** Bounds of the four corners, moved. */
export function moved([left, top, right, bottom]: Bounds, [a, b, c, d, e, f]: Matrix): Bounds | undefined {
  const corners = [left, top, right, top, right, bottom, left, bottom];
  const at: number[] = [];
  for (let i = 0; i < 8; i += 2) {
    const [x = 0, y = 0] = [corners[i], corners[i + 1]];
    at.push(a * x + c * y + e, b * x + d * y + f);
  }
  return hull(at);
}
