import type { Pixels } from '../image/pixels.ts';

/**
 * A straight line or the edge of a shaded area. Coordinates in pixels, where pixel 0 reaches from 0 to 1:
 * `at` and `end` are where it begins and ends across (equal for the edge of an area), `from` and `to` along.
 */
export interface Ruling {
  readonly axis: 'horizontal' | 'vertical';
  readonly at: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

export interface RulingLimits {
  /** Levels (0 to 255) that neighbouring pixels must differ by to be an edge. */
  readonly contrast: number;
  /** Levels that they may differ by at most; any number when left out. */
  readonly most?: number;
  /** Shortest ruling along, in pixels. */
  readonly shortest: number;
  /** Stretches along either side without a step are at least this long, in pixels; between letters they are shorter. */
  readonly plain: number;
  /** Thickest line across, in pixels. */
  readonly thickest: number;
}

/** Thickest line that may cross a run, in pixels. */
const CROSSING = 6;

/** Share of either side of a ruling that lies in plain stretches: crossing lines leave 0.85, letters little. */
const PLAIN = 0.7;

interface Run {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Rulings along one axis, in order of `at`: runs of edge pixels, those of one line taken together. */
export function rulingsOf(pixels: Pixels, axis: Ruling['axis'], limits: RulingLimits): Ruling[] {
  const open: { at: number; end: number; from: number; to: number }[] = [];
  for (const { at, from, to } of edgeRuns(pixels, axis, limits)) {
    const known = open.findLast(
      (ruling) =>
        at - ruling.end <= limits.thickest &&
        at - ruling.at <= limits.thickest * 1.5 &&
        overlap(ruling, { from, to }) > 0.5 * Math.min(to - from, ruling.to - ruling.from),
    );
    if (known) {
      known.end = at;
      known.from = Math.min(known.from, from);
      known.to = Math.max(known.to, to);
    } else {
      open.push({ at, end: at, from, to });
    }
  }
  return open.map((ruling) => ({ axis, ...ruling }));
}

/** Length that two spans share; negative: their distance. */
export function overlap(
  a: { readonly from: number; readonly to: number },
  b: { readonly from: number; readonly to: number },
): number {
  return Math.min(a.to, b.to) - Math.max(a.from, b.from);
}

/**
 * Runs of pixels that differ from the pixel before them across. Where another line crosses, the edge vanishes
 * over its thickness, so gaps that are inked as the line is do not end a run.
 */
function edgeRuns({ width, height, data }: Pixels, axis: Ruling['axis'], limits: RulingLimits): Run[] {
  const flat = axis === 'horizontal';
  const [across, along] = flat ? [height, width] : [width, height];
  const [stepAcross, stepAlong] = flat ? [width * 3, 3] : [3, width * 3];
  const runs: Run[] = [];
  for (let at = 1; at < across; at++) {
    let from = -1;
    let last = -1;
    for (let k = 0; k <= along; k++) {
      const i = at * stepAcross + k * stepAlong;
      const edge =
        k < along &&
        differs(data, i, i - stepAcross, limits.contrast) &&
        !(limits.most && differs(data, i, i - stepAcross, limits.most));
      if (edge) {
        if (from < 0) from = k;
        last = k;
        continue;
      }
      if (from < 0) continue;
      const gap = k - last;
      const before = at * stepAcross + last * stepAlong;
      const crossed =
        k < along &&
        gap <= Math.min(CROSSING, limits.thickest) &&
        (!differs(data, i, before, limits.contrast) ||
          !differs(data, i, before - stepAcross, limits.contrast)) &&
        differs(data, i, ground(at, last), limits.contrast);
      if (crossed || (gap <= 1 && k < along)) continue;
      const run = { at, from, to: last + 1 };
      if (run.to - run.from >= limits.shortest && isSmooth(run)) runs.push(run);
      from = -1;
    }
  }
  return runs;

  /** Both sides are plain along the run, as they are not where letters stand on one base line. */
  function isSmooth({ at, from, to }: Run): boolean {
    return [at, at - 1].every((side) => {
      let [plain, start] = [0, from];
      for (let k = from + 1; k <= to; k++) {
        const i = side * stepAcross + k * stepAlong;
        if (k < to && !differs(data, i, i - stepAlong, limits.contrast)) continue;
        if (k - start >= limits.plain) plain += k - start;
        start = k;
      }
      return plain >= PLAIN * (to - from);
    });
  }

  /** A pixel beside the line: what an interrupting gap of plain ground would look like. */
  function ground(at: number, k: number): number {
    const away = Math.min(across - 1, at + Math.ceil(limits.thickest) + 1);
    return away * stepAcross + k * stepAlong;
  }
}

/** Each pixel averaged with its neighbours along an axis: noise goes, lines along that axis stay. */
export function smoothed({ width, height, data }: Pixels, axis: Ruling['axis'], radius: number): Pixels {
  const out = new Uint8Array(data.length);
  const [lanes, along] = axis === 'horizontal' ? [height, width] : [width, height];
  const [stepLane, stepAlong] = axis === 'horizontal' ? [width * 3, 3] : [3, width * 3];
  for (let lane = 0; lane < lanes; lane++) {
    for (let channel = 0; channel < 3; channel++) {
      const start = lane * stepLane + channel;
      let sum = 0;
      let count = 0;
      for (let k = -radius; k < along; k++) {
        const enters = k + radius;
        const leaves = k - radius - 1;
        if (enters < along) {
          sum += data[start + enters * stepAlong] ?? 0;
          count++;
        }
        if (leaves >= 0) {
          sum -= data[start + leaves * stepAlong] ?? 0;
          count--;
        }
        if (k >= 0) out[start + k * stepAlong] = (sum + (count >> 1)) / count;
      }
    }
  }
  return { width, height, data: out };
}

function differs(data: Uint8Array, a: number, b: number, levels: number): boolean {
  return (
    Math.abs((data[a] ?? 0) - (data[b] ?? 0)) > levels ||
    Math.abs((data[a + 1] ?? 0) - (data[b + 1] ?? 0)) > levels ||
    Math.abs((data[a + 2] ?? 0) - (data[b + 2] ?? 0)) > levels
  );
}
