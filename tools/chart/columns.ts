import type { Size } from '../image/pixels.ts';
import type { Frame } from './model.ts';
import type { Layer } from './palette.ts';
import { type Column, median } from './polyline.ts';

/** The ink of each column; columns with ink at two distant places count as doubled. */
export function columnsOf(
  { cover }: Layer,
  { width }: Size,
  frame: Frame,
): { columns: Column[]; doubled: number } {
  const columns: Column[] = [];
  let doubled = 0;
  for (let x = Math.ceil(frame.left); x < frame.right; x++) {
    const runs: { mass: number; y: number; from: number; to: number }[] = [];
    let open: { mass: number; y: number; from: number; to: number } | undefined;
    for (let y = Math.ceil(frame.top); y < frame.bottom; y++) {
      const value = (cover[y * width + x] ?? 0) / 255;
      if (value < 0.15) {
        if (open && y - open.to > 1) open = undefined;
        continue;
      }
      if (!open) {
        open = { mass: 0, y: 0, from: y, to: y };
        runs.push(open);
      }
      open.mass += value;
      open.y += value * (y + 0.5);
      open.to = y;
    }
    const solid = runs.filter(({ mass }) => mass >= 0.6);
    const [main] = solid.sort((a, b) => b.mass - a.mass);
    if (!main) continue;
    if (solid.length > 1 && (solid[1]?.mass ?? 0) > 0.4 * main.mass) doubled++;
    columns.push({ x: x + 0.5, y: main.y / main.mass, thickness: main.mass });
  }
  return { columns, doubled };
}

/** Thickness across the line: least of the runs along rows and columns, in the median. */
export function thicknessOf({ cover }: Layer, { width, height }: Size): number {
  const samples: number[] = [];
  const run = (i: number, step: number, limit: number) => {
    let sum = (cover[i] ?? 0) / 255;
    for (const sign of [1, -1]) {
      for (let k = 1; k < limit; k++) {
        const value = (cover[i + sign * k * step] ?? 0) / 255;
        sum += value;
        if (value < 0.1) break;
      }
    }
    return sum;
  };
  for (let i = width; i < width * (height - 1); i++) {
    if ((cover[i] ?? 0) < 200) continue;
    const [across, down] = [run(i, 1, 40), run(i, width, 40)];
    samples.push((across * down) / Math.hypot(across, down));
    if (samples.length > 6000) break;
  }
  return Math.max(0.8, median(samples));
}
