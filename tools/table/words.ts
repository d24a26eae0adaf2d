import { componentsOf } from '../image/components.ts';
import type { Ink } from './ink.ts';
import type { Ruling } from './rulings.ts';

/** A box in pixels; `right` and `bottom` are exclusive. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Letters that stand close together on one line. */
export interface Word extends Area {
  /**
   * Where its letters begin and end with the ground that is theirs: in a font of equally wide letters a narrow
   * one has ground on both sides, which is no gap. Else left and right.
   */
  readonly from: number;
  readonly to: number;
}

export interface Lettering {
  readonly words: readonly Word[];
  /** Height of a capital or a digit, in pixels; 0 where there is no text. */
  readonly capHeight: number;
  /** Usual gap between two words of one phrase, in pixels. */
  readonly space: number;
  /** Least gap between two words of neighbouring columns, in pixels, that tells of columns. */
  readonly columnGap: number;
  /** Inked parts that are no letters: too large, or too small to tell. */
  readonly others: readonly Area[];
}

/** Ink below this many levels is anti-aliasing or noise. */
export const INKED = 56;

/** Finds the words of a picture: inked parts of letter size, joined along lines. */
export function letteringOf(ink: Ink, rulings: readonly Ruling[]): Lettering {
  const mask = ink.plane.map((level) => (level > INKED ? 1 : 0));
  const parts = componentsOf(mask, ink).components;
  const capHeight = capHeightOf(parts);
  if (capHeight === 0) return { words: [], capHeight, space: 0, columnGap: 0, others: parts };
  const letters: Area[] = [];
  const others: Area[] = [];
  for (const part of parts) {
    const [width, height] = [part.right - part.left, part.bottom - part.top];
    const tall = height > 2.2 * capHeight;
    const speck = part.area < Math.max(2, 0.008 * capHeight * capHeight);
    if (tall || (width > 30 * capHeight && height > capHeight * 0.5)) others.push(part);
    else if (!speck) letters.push(part);
  }
  const pitch = pitchOf(letters, capHeight);
  const words = joinLetters(letters, capHeight, pitch, rulings);
  if (pitch !== undefined) return { words, capHeight, space: pitch, columnGap: 1.3 * pitch, others };
  return { words, capHeight, space: 0.48 * capHeight, columnGap: 0.82 * capHeight, others };
}

/** Heights of letters crowd at that of capitals and digits and, lower, at that of small letters. */
function capHeightOf(parts: readonly Area[]): number {
  const heights = parts
    .filter(({ left, right, top, bottom }) => bottom - top >= 4 && right - left < 12 * (bottom - top))
    .map(({ top, bottom }) => bottom - top)
    .sort((a, b) => a - b);
  const middle = heights[Math.floor(heights.length * 0.5)] ?? 0;
  const usual = heights.filter((height) => height <= 2 * middle && height >= 0.6 * middle);
  return usual[Math.floor(usual.length * 0.75)] ?? 0;
}

/** Distance of letters in a font whose letters are all equally wide; undefined for other fonts. */
function pitchOf(letters: readonly Area[], capHeight: number): number | undefined {
  const sorted = [...letters].sort((a, b) => a.left - b.left);
  const distances: number[] = [];
  for (const [index, letter] of sorted.entries()) {
    const next = sorted
      .slice(index + 1, index + 200)
      .find((other) => other.left >= letter.right && besides(letter, other, capHeight));
    if (!next) continue;
    const distance = (next.left + next.right - letter.left - letter.right) / 2;
    if (distance < 1.2 * capHeight) distances.push(distance);
  }
  if (distances.length < 12) return undefined;
  distances.sort((a, b) => a - b);
  const middle = distances[Math.floor(distances.length / 2)] ?? 0;
  const near = distances.filter((distance) => Math.abs(distance - middle) <= Math.max(0.75, 0.06 * middle));
  return near.length > 0.72 * distances.length ? middle : undefined;
}

function besides(a: Area, b: Area, capHeight: number): boolean {
  return Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > -0.4 * capHeight;
}

/** Ground on either side of a wide letter, in letter widths. */
const BEARING = 0.1;

/** Joins letters that stand close, and dots and accents with what they belong to. */
function joinLetters(
  letters: readonly Area[],
  capHeight: number,
  pitch: number | undefined,
  rulings: readonly Ruling[],
): Word[] {
  const walls = rulings.filter(({ axis }) => axis === 'vertical');
  const reach = pitch === undefined ? 0.3 * capHeight : 0.62 * pitch;
  const order = letters
    .map((_, index) => index)
    .sort((a, b) => (letters[a]?.left ?? 0) - (letters[b]?.left ?? 0));
  const sets = disjointSets(letters.length);
  for (const [place, a] of order.entries()) {
    const one = letters[a];
    if (!one) continue;
    for (const b of order.slice(place + 1)) {
      const other = letters[b];
      if (!other || other.left > one.right + reach) break;
      if (belong(one, other, capHeight) && !isWalled(one, other, walls)) sets.join(a, b);
    }
  }
  return sets.groups().map((members) => {
    const areas = members.flatMap((index) => letters[index] ?? []);
    const bounds = boundsOf(areas);
    if (pitch === undefined) return { ...bounds, from: bounds.left, to: bounds.right };
    const centres = areas
      .filter(({ left, right }) => right - left < 1.2 * pitch)
      .map(({ left, right }) => (left + right) / 2);
    return {
      ...bounds,
      from: Math.min(bounds.left - BEARING * pitch, Math.min(...centres) - pitch / 2),
      to: Math.max(bounds.right + BEARING * pitch, Math.max(...centres) + pitch / 2),
    };
  });
}

/** A vertical line stands between the two. */
export function isWalled(left: Area, right: Area, walls: readonly Ruling[]): boolean {
  const middle = (Math.min(left.top, right.top) + Math.max(left.bottom, right.bottom)) / 2;
  return walls.some(
    ({ at, end, from, to }) =>
      end >= left.right - 1 && at <= right.left + 1 && from <= middle && to >= middle,
  );
}

function belong(a: Area, b: Area, capHeight: number): boolean {
  if (sameLine(a, b)) return true;
  const [upper, lower] = a.top <= b.top ? [a, b] : [b, a];
  const small = upper.bottom - upper.top < 0.45 * capHeight && upper.right - upper.left < capHeight;
  const above = lower.top - upper.bottom;
  const aside = Math.max(upper.left, lower.left) - Math.min(upper.right, lower.right);
  if (small && above >= 0 && above < 0.35 * capHeight && aside <= 0) return true;
  // Commas, full stops and minus signs share little height with their neighbours, or none.
  const little = Math.min(a.bottom - a.top, b.bottom - b.top) < 0.5 * capHeight;
  const joint = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return little && joint > -0.12 * capHeight && aside < 0.3 * capHeight;
}

/** Two parts share most of the height of the lower one. */
export function sameLine(a: Area, b: Area): boolean {
  const joint = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return joint >= 0.4 * Math.min(a.bottom - a.top, b.bottom - b.top) && joint > 0;
}

export function boundsOf(areas: readonly Area[]): Area {
  return areas.reduce(
    (all, area) => ({
      left: Math.min(all.left, area.left),
      top: Math.min(all.top, area.top),
      right: Math.max(all.right, area.right),
      bottom: Math.max(all.bottom, area.bottom),
    }),
    { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity },
  );
}

/** Union-find over 0..size-1. */
export function disjointSets(size: number): { join(a: number, b: number): void; groups(): number[][] } {
  const parent = Array.from({ length: size }, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] ?? root;
    while (parent[index] !== root) [parent[index], index] = [root, parent[index] ?? root];
    return root;
  };
  return {
    join(a, b) {
      const [p, q] = [find(a), find(b)];
      parent[Math.max(p, q)] = Math.min(p, q);
    },
    groups() {
      const groups = new Map<number, number[]>();
      for (let index = 0; index < size; index++) {
        const root = find(index);
        groups.set(root, [...(groups.get(root) ?? []), index]);
      }
      return [...groups.values()];
    },
  };
}
