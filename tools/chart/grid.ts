import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Frame, Grid } from './model.ts';
import { chromaOf, distance } from './palette.ts';
import type { TickMark } from './ticks.ts';

interface Lines {
  readonly colour: Rgb;
  readonly cover: number;
  readonly thickness: number;
  /** Of the places where a line meets a bar: at how many it shows, and all. */
  readonly met: { readonly seen: number; readonly all: number };
}

/** Pixels of bars on a grid line that tell whether it lies above or below them. */
const TELLING = 30;

/** The grid lines that run from the ticks across the plotting area. */
export function gridOf(
  pixels: Pixels,
  frame: Frame,
  ground: Rgb,
  x: readonly TickMark[],
  y: readonly TickMark[],
): Grid | undefined {
  const upright = linesAt(
    pixels,
    frame,
    ground,
    x.map(({ at }) => at),
    'x',
  );
  const level = linesAt(
    pixels,
    frame,
    ground,
    y.map(({ at }) => at),
    'y',
  );
  const one = upright ?? level;
  if (!one) return undefined;
  const seen = (upright?.met.seen ?? 0) + (level?.met.seen ?? 0);
  const all = (upright?.met.all ?? 0) + (level?.met.all ?? 0);
  return {
    ...(all >= TELLING && { below: seen < 0.5 * all }),
    x: upright !== undefined,
    y: level !== undefined,
    colour: one.colour,
    dashed: Math.min(upright?.cover ?? 1, level?.cover ?? 1) < 0.88,
    thickness: one.thickness,
  };
}

/** Grey ink along the lines through the ticks, where data does not hide it. */
function linesAt(
  pixels: Pixels,
  frame: Frame,
  ground: Rgb,
  places: readonly number[],
  axis: 'x' | 'y',
): Lines | undefined {
  const [near, far] = axis === 'x' ? [frame.left, frame.right] : [frame.top, frame.bottom];
  const [from, to] = axis === 'x' ? [frame.top, frame.bottom] : [frame.left, frame.right];
  const at = (across: number, along: number): Rgb => {
    const i = (axis === 'x' ? along * pixels.width + across : across * pixels.width + along) * 3;
    return [pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0];
  };
  const inner = places.filter((place) => place - near > 6 && far - place > 6);
  if (inner.length === 0) return undefined;
  const found: Omit<Lines, 'met'>[] = [];
  const met = { seen: 0, all: 0 };
  for (const place of inner) {
    const column = Math.floor(place);
    let [free, inked, thickness, counted] = [0, 0, 0, 0];
    let darkest: Rgb = ground;
    for (let along = Math.ceil(from) + 4; along < to - 4; along++) {
      const beside = [at(column - 4, along), at(column + 4, along)];
      const own = [column - 1, column, column + 1].map((across) => at(across, along));
      if (beside.some((colour) => distance(colour, ground) > 8)) {
        const [before = ground, after = ground] = beside;
        if (distance(before, after) > 6 || distance(before, ground) < 40) continue;
        met.all++;
        if (own.some((colour) => distance(colour, before) > 16)) met.seen++;
        continue;
      }
      free++;
      const most = own.reduce((a, b) => (distance(b, ground) > distance(a, ground) ? b : a));
      const away = distance(most, ground);
      if (away < 10 || chromaOf(most) > 24 || away > 190) continue;
      inked++;
      if (away > distance(darkest, ground)) darkest = most;
      let sum = 0;
      for (const colour of own) sum += distance(colour, ground);
      thickness += sum / away;
      counted++;
    }
    if (free > 20 && inked > 0.35 * free)
      found.push({ colour: darkest, cover: inked / free, thickness: thickness / Math.max(1, counted) });
  }
  if (found.length < 0.6 * inner.length) return undefined;
  const sorted = [...found].sort((a, b) => distance(b.colour, ground) - distance(a.colour, ground));
  const middle = sorted[sorted.length >> 1];
  if (!middle) return undefined;
  return { ...middle, met, cover: found.reduce((sum, { cover }) => sum + cover, 0) / found.length };
}
