import { linesOf } from '../../../tools/chart/font.ts';
import type { Area, Chart } from '../../../tools/chart/model.ts';
import type { Pixels } from '../../../tools/image/pixels.ts';

/** Texts that are compared, and pixels that a text may stand beside its place. */
const MOST = 16;
const BESIDE = 5;

/**
 * How unlike the texts of two drawings of a chart are, 0 to 1, wherever each lies best over the other: a font shows
 * in the letters, also where the layout is not found yet.
 */
export function lettersApart(reference: Pixels, candidate: Pixels, chart: Chart): number {
  const { plot } = chart;
  const wedges =
    plot.kind === 'pie'
      ? plot.wedges.flatMap(({ label, percent }) => [label, percent].flatMap((piece) => piece ?? []))
      : [];
  const upright = [...linesOf(chart), ...wedges].filter(({ rotation }) => rotation !== 45);
  const areas = upright
    .map(({ area }) => area)
    .sort((a, b) => b.right - b.left - (a.right - a.left))
    .slice(0, MOST);
  let [apart, all] = [0, 0];
  for (const area of areas) {
    const one = leastApart(reference, candidate, area);
    apart += one.apart;
    all += one.all;
  }
  return apart / Math.max(1, all);
}

function leastApart(
  a: Pixels,
  b: Pixels,
  { left, top, right, bottom }: Area,
): { apart: number; all: number } {
  const luma = ({ data, width, height }: Pixels, x: number, y: number) => {
    const i = (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * 3;
    return 0.3 * (data[i] ?? 0) + 0.6 * (data[i + 1] ?? 0) + 0.1 * (data[i + 2] ?? 0);
  };
  const [x0, y0, x1, y1] = [left - 1, top - 1, right + 1, bottom + 1].map(Math.round);
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined)
    return { apart: 0, all: 0 };
  const ground = luma(a, x0, y0);
  let all = 0;
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) all += Math.abs(luma(a, x, y) - ground);
  let least = Infinity;
  for (let dy = -BESIDE; dy <= BESIDE; dy++) {
    for (let dx = -BESIDE; dx <= BESIDE; dx++) {
      let apart = 0;
      for (let y = y0; y < y1 && apart < least; y++)
        for (let x = x0; x < x1; x++) apart += Math.abs(luma(a, x, y) - luma(b, x + dx, y + dy));
      least = Math.min(least, apart);
    }
  }
  return { apart: least, all };
}
