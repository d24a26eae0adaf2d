import type { Scene } from '../../../../tools/image/segment/scene.ts';
import type { Segmentation } from '../../../../tools/image/segment/segment.ts';
import type { Point } from './geometry.ts';

/** The share that a set of shapes has of each pixel, over their box and a margin. */
export interface Field {
  /** Picture coordinates of the field's top left corner. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  /** 0 to 1, row by row; 0 along the rim. */
  readonly values: Float32Array;
}

/** Shapes that touch the picture's border run on beyond it by this many pixels. */
const MARGIN = 3;

export function fieldOf(segmentation: Segmentation, scene: Scene, inside: ReadonlySet<number>): Field {
  const { width, height, shapes, shapeAt, share } = segmentation;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const index of inside) {
    const shape = shapes[index];
    if (!shape) continue;
    left = Math.min(left, shape.left);
    top = Math.min(top, shape.top);
    right = Math.max(right, shape.right);
    bottom = Math.max(bottom, shape.bottom);
  }
  [left, top, right, bottom] = [left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN];
  const [columns, rows] = [right - left, bottom - top];
  const values = new Float32Array(columns * rows);
  for (let row = 1; row < rows - 1; row++) {
    const y = Math.min(height - 1, Math.max(0, top + row));
    for (let column = 1; column < columns - 1; column++) {
      const x = Math.min(width - 1, Math.max(0, left + column));
      const i = y * width + x;
      const whole = share[i] ?? 1;
      const own = inside.has(shapeAt[i] ?? 0) ? whole : 0;
      const other = whole < 1 && inside.has(scene.secondAt[i] ?? 0) ? 1 - whole : 0;
      values[row * columns + column] = own + other;
    }
  }
  return { left, top, columns, rows, values };
}

/** The share at any point, linear between pixel centres; 0 outside. */
export function shareAt({ left, top, columns, rows, values }: Field, [x, y]: Point): number {
  const [u, v] = [x - left - 0.5, y - top - 0.5];
  const [column, row] = [Math.floor(u), Math.floor(v)];
  if (column < 0 || row < 0 || column >= columns - 1 || row >= rows - 1) return 0;
  const [p, q] = [u - column, v - row];
  const i = row * columns + column;
  const upper = (values[i] ?? 0) * (1 - p) + (values[i + 1] ?? 0) * p;
  const lower = (values[i + columns] ?? 0) * (1 - p) + (values[i + columns + 1] ?? 0) * p;
  return upper * (1 - q) + lower * q;
}

/** Area covered, in square pixels. */
export function areaOf({ values }: Field): number {
  return values.reduce((sum, value) => sum + value, 0);
}
