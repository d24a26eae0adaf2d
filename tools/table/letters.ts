import { componentsOf } from '../image/components.ts';
import type { Ink } from './ink.ts';
import type { Piece } from './pieces.ts';
import type { Area, Word } from './words.ts';

/** One letter as it looks, at a size and a place that make letters of one table comparable. */
export interface Letter {
  /** Ink from 0 to 1 in a square of `SIDE` pixels a side around its middle of mass. */
  readonly raster: Float32Array;
  /** Of its largest part, in capital heights; up and down are counted from the foot of the line, upwards. */
  readonly top: number;
  readonly bottom: number;
  readonly wide: number;
}

/** Pixels a side of a raster, and of a capital in it. */
const SIDE = 24;
const CAPITAL = 14;
/** Ink that parts of a letter have, as a share of the darkest of the word: less is where letters run together. */
const CORE = 0.42;

/**
 * Cuts the words of a line into letters; undefined for a word whose letters are not as many as it should have,
 * as some of them run together.
 * @param counts letters of each word
 * @param capHeight height of a capital, in pixels
 */
export function lettersOf(
  ink: Ink,
  { words }: Pick<Piece, 'words'>,
  counts: readonly number[],
  capHeight: number,
): (readonly Letter[] | undefined)[] {
  const cut = words.map((word) => partsOf(ink, word, capHeight));
  const feet = cut
    .flat()
    .filter(({ main }) => main.bottom - main.top > 0.5 * capHeight)
    .map(({ main }) => main.bottom)
    .sort((a, b) => a - b);
  const foot = feet[feet.length >> 1];
  if (foot === undefined) return words.map(() => undefined);
  return cut.map((parts, index) =>
    parts.length === counts[index] ? parts.map((part) => letterOf(ink, part, foot, capHeight)) : undefined,
  );
}

interface Part {
  /** The largest of its parts: the letter without its dot or mark. */
  readonly main: Area;
  /** Darkest ink of the word. */
  readonly full: number;
}

/** Inked parts of a word from left to right; those that stand above each other are one. */
function partsOf(ink: Ink, word: Word, capHeight: number): Part[] {
  const [width, height] = [word.right - word.left, word.bottom - word.top];
  const levels = new Uint8Array(width * height);
  let full = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = ink.plane[(word.top + y) * ink.width + word.left + x] ?? 0;
      levels[y * width + x] = level;
      full = Math.max(full, level);
    }
  }
  const { components } = componentsOf(
    levels.map((level) => (level > CORE * full ? 1 : 0)),
    { width, height },
  );
  const groups: { left: number; right: number; main: (typeof components)[number] }[] = [];
  for (const part of [...components].sort((a, b) => a.left - b.left)) {
    if (part.area < Math.max(1, 0.006 * capHeight * capHeight)) continue;
    const last = groups.at(-1);
    const joint = last ? Math.min(last.right, part.right) - Math.max(last.left, part.left) : 0;
    if (last && joint > 0.5 * Math.min(last.right - last.left, part.right - part.left)) {
      last.right = Math.max(last.right, part.right);
      if (part.area > last.main.area) last.main = part;
    } else groups.push({ left: part.left, right: part.right, main: part });
  }
  return groups.map(({ main: { left, top, right, bottom } }) => ({
    full,
    main: {
      left: left + word.left,
      right: right + word.left,
      top: top + word.top,
      bottom: bottom + word.top,
    },
  }));
}

function letterOf(ink: Ink, { main, full }: Part, foot: number, capHeight: number): Letter {
  const at = (x: number, y: number) =>
    x < main.left - 1 || x > main.right || y < main.top - 1 || y > main.bottom
      ? 0
      : (ink.plane[y * ink.width + x] ?? 0) / full;
  let [mass, mx, my] = [0, 0, 0];
  for (let y = main.top - 1; y <= main.bottom; y++) {
    for (let x = main.left - 1; x <= main.right; x++) {
      const level = at(x, y);
      mass += level;
      mx += level * (x + 0.5);
      my += level * (y + 0.5);
    }
  }
  const [cx, cy] = [mx / Math.max(1e-6, mass), my / Math.max(1e-6, mass)];
  const raster = new Float32Array(SIDE * SIDE);
  const step = capHeight / CAPITAL;
  for (let v = 0; v < SIDE; v++) {
    for (let u = 0; u < SIDE; u++) {
      const x = cx + (u + 0.5 - SIDE / 2) * step - 0.5;
      const y = cy + (v + 0.5 - SIDE / 2) * step - 0.5;
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [fx, fy] = [x - x0, y - y0];
      raster[v * SIDE + u] =
        (at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx) * (1 - fy) +
        (at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx) * fy;
    }
  }
  return {
    raster,
    top: (foot - main.top) / capHeight,
    bottom: (foot - main.bottom) / capHeight,
    wide: (main.right - main.left) / capHeight,
  };
}

/** Differences of height, foot and width that drawing alone makes, in capital heights. */
const PLAY = 0.12;

/** How unlike two letters look: 1 - correlation, and more where they stand or reach otherwise. */
export function letterUnlikeness(a: Letter, b: Letter): number {
  const off = [a.top - b.top, a.bottom - b.bottom, a.wide - b.wide].reduce(
    (sum, one) => sum + Math.max(0, Math.abs(one) - PLAY),
    0,
  );
  if (off > 0.5) return 1;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [p, q] = [a.raster[i] ?? 0, b.raster[i] ?? 0];
    sa += p;
    sb += q;
    saa += p * p;
    sbb += q * q;
    sab += p * q;
  }
  const n = SIDE * SIDE;
  const variance = (saa - (sa * sa) / n) * (sbb - (sb * sb) / n);
  const alike = variance <= 0 ? 0 : (sab - (sa * sb) / n) / Math.sqrt(variance);
  return Math.min(1, 1 - alike + off);
}
