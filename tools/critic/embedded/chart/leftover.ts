import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { Area, Chart } from '../../../chart/model.ts';
import { median } from '../../../image/median.ts';
import type { Pixels } from '../../../image/pixels.ts';
import { regionsOf } from '../regions.ts';
import { tolerantDifference } from '../tolerant-difference.ts';
import { colourWords, percent } from '../words.ts';
import { boxOf, plotArea } from './finding.ts';

/** Pixels by which axes of one chart end elsewhere in two renders. */
const RADIUS = 3;
const LEVELS = 48;
/** A leftover has at least this share of the plotting area, and this half thickness in pixels. */
const SHARE = 0.0008;
const DEPTH = 3;

/**
 * Places between the axes that differ though no reading says so: a mistake that both readings share would
 * else cancel itself. The candidate's plotting area is laid over the reference's first.
 */
export async function leftovers(
  reference: Pixels,
  candidate: Pixels,
  a: Chart,
  b: Chart,
  known: readonly Discrepancy[],
): Promise<Discrepancy[]> {
  const [from, to] = [plotArea(a), plotArea(b)];
  const size = { width: Math.round(from.right - from.left), height: Math.round(from.bottom - from.top) };
  const skip = [
    ...a.notes.map(({ area }) => area),
    ...(a.legend ? [a.legend.area] : []),
    ...(a.plot.kind === 'pie' ? a.plot.wedges.flatMap(({ percent: text }) => (text ? [text.area] : [])) : []),
  ];
  const other = b.legend ? [mapped(b.legend.area, to, from)] : [];
  const [left, right] = [sample(reference, from, size), sample(candidate, to, size)];
  const noisy = Math.max(a.noise, b.noise) > 2;
  const [p, q] = noisy ? await Promise.all([median(left), median(right)]) : [left, right];
  const excess = tolerantDifference(p, q, { levels: LEVELS, edge: 0.25, radius: RADIUS });
  for (const area of [...skip, ...other]) blank(excess, size, area, from);
  const whole = size.width * size.height;
  return regionsOf(excess, left, right, Math.max(12, SHARE * whole)).flatMap((region): Discrepancy[] => {
    if (region.depth < DEPTH) return [];
    const [x, y, width, height] = region.box;
    const area: Area = {
      left: from.left + x * size.width,
      top: from.top + y * size.height,
      right: from.left + (x + width) * size.width,
      bottom: from.top + (y + height) * size.height,
    };
    const box = boxOf(area, a);
    if (known.some(({ box: other2 }) => other2 && touching(box, other2))) return [];
    const share = region.area / whole;
    return [
      {
        category: 'data_error',
        severity: share > 0.03 ? 3 : share > 0.006 ? 2 : 1,
        location: 'plot',
        description: `${percent(share)} of the plotting area differs in a way that the reading does not explain: there is ${colourWords(region.candidate)}, there should be ${colourWords(region.reference)}.`,
        box,
      },
    ];
  });
}

function touching(a: readonly number[], b: readonly number[]): boolean {
  const [ax = 0, ay = 0, aw = 0, ah = 0] = a;
  const [bx = 0, by = 0, bw = 0, bh = 0] = b;
  const slack = 0.02;
  return ax < bx + bw + slack && ax + aw > bx - slack && ay < by + bh + slack && ay + ah > by - slack;
}

function mapped(area: Area, from: Area, to: Area): Area {
  const x = (value: number) =>
    to.left + ((value - from.left) / (from.right - from.left)) * (to.right - to.left);
  const y = (value: number) =>
    to.top + ((value - from.top) / (from.bottom - from.top)) * (to.bottom - to.top);
  return { left: x(area.left), right: x(area.right), top: y(area.top), bottom: y(area.bottom) };
}

/** A part of a picture at another size, by bilinear interpolation. */
function sample(
  { width, height, data }: Pixels,
  area: Area,
  size: { width: number; height: number },
): Pixels {
  const out = new Uint8Array(size.width * size.height * 3);
  const [sx, sy] = [(area.right - area.left) / size.width, (area.bottom - area.top) / size.height];
  for (let y = 0; y < size.height; y++) {
    const fy = Math.min(height - 1.001, Math.max(0, area.top + (y + 0.5) * sy - 0.5));
    const y0 = Math.floor(fy);
    for (let x = 0; x < size.width; x++) {
      const fx = Math.min(width - 1.001, Math.max(0, area.left + (x + 0.5) * sx - 0.5));
      const x0 = Math.floor(fx);
      const [tx, ty] = [fx - x0, fy - y0];
      for (let c = 0; c < 3; c++) {
        const at = (px: number, py: number) => data[(py * width + px) * 3 + c] ?? 0;
        const top = at(x0, y0) * (1 - tx) + at(Math.min(width - 1, x0 + 1), y0) * tx;
        const y1 = Math.min(height - 1, y0 + 1);
        const bottom = at(x0, y1) * (1 - tx) + at(Math.min(width - 1, x0 + 1), y1) * tx;
        out[(y * size.width + x) * 3 + c] = Math.round(top * (1 - ty) + bottom * ty);
      }
    }
  }
  return { ...size, data: out };
}

function blank(
  mask: Uint8Array,
  { width, height }: { width: number; height: number },
  area: Area,
  origin: Area,
): void {
  const pad = 4;
  for (
    let y = Math.max(0, Math.floor(area.top - origin.top) - pad);
    y < Math.min(height, area.bottom - origin.top + pad);
    y++
  ) {
    for (
      let x = Math.max(0, Math.floor(area.left - origin.left) - pad);
      x < Math.min(width, area.right - origin.left + pad);
      x++
    )
      mask[y * width + x] = 0;
  }
}
