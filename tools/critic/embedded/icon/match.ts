import { differenceCiede2000 } from 'culori';
import type { Rgb } from '../../../image/ground.ts';
import type { Element } from './elements.ts';

/** How alike two elements are, each 0 to 1. */
export interface Likeness {
  /** Shared area over joint area, where they lie. */
  readonly overlap: number;
  /** The same after the centres are laid on one another and the sizes made equal. */
  readonly shape: number;
  /** Larger area over smaller, 1 and up. */
  readonly growth: number;
  /** CIEDE2000. */
  readonly colour: number;
  /** Distance of the centres in pixels. */
  readonly distance: number;
}

export interface Match extends Likeness {
  readonly reference: Element;
  readonly candidate: Element;
}

export interface Matching {
  readonly matches: readonly Match[];
  readonly missing: readonly Element[];
  readonly extra: readonly Element[];
}

/** Pairs below this score are two different elements. */
const LEAST_SCORE = 0.38;
/** A colour difference at which colour no longer speaks for a match. */
const OTHER_COLOUR = 40;
/** More elements are matched by overlap alone. */
const MOST_COMPARED = 80;

const ciede2000 = differenceCiede2000();

/** CIEDE2000 between two colours. */
export function colourDifference(a: Rgb, b: Rgb): number {
  const colour = ([r, g, blue]: Rgb) => ({ mode: 'rgb', r: r / 255, g: g / 255, b: blue / 255 }) as const;
  return ciede2000(colour(a), colour(b));
}

/** Assigns elements of one drawing to those of another, the most alike first. */
export function match(reference: readonly Element[], candidate: readonly Element[], width: number): Matching {
  const diagonal = Math.hypot(width, width);
  const scored: { score: number; match: Match; i: number; j: number }[] = [];
  const shared = sharedAreas(reference, candidate);
  const many = reference.length * candidate.length > MOST_COMPARED ** 2;
  for (const [i, a] of reference.entries()) {
    for (const [j, b] of candidate.entries()) {
      const common = shared.get(i * candidate.length + j) ?? 0;
      if (common === 0 && (many || a.area > 3 * b.area || b.area > 3 * a.area)) continue;
      const found = likenessOf(a, b, common);
      const alike = Math.max(0, 1 - found.colour / OTHER_COLOUR);
      const near = Math.max(0, 1 - found.distance / (0.35 * diagonal));
      // In place, or moved: the second needs the same shape and colour to be believed.
      const inPlace = found.overlap * (0.65 + 0.35 * alike);
      const moved = found.shape * alike * (0.45 + 0.55 * near) * (found.growth < 2.5 ? 1 : 0.5);
      const score = Math.max(inPlace, 0.9 * moved);
      if (score >= LEAST_SCORE) scored.push({ score, i, j, match: { ...found, reference: a, candidate: b } });
    }
  }
  scored.sort((a, b) => b.score - a.score || a.i - b.i || a.j - b.j);
  const [takenA, takenB] = [new Set<number>(), new Set<number>()];
  const matches: Match[] = [];
  for (const { i, j, match } of scored) {
    if (takenA.has(i) || takenB.has(j)) continue;
    takenA.add(i);
    takenB.add(j);
    matches.push(match);
  }
  return {
    matches,
    missing: reference.filter((_, i) => !takenA.has(i)),
    extra: candidate.filter((_, j) => !takenB.has(j)),
  };
}

/** Pixels in common, by pair of indices. */
function sharedAreas(reference: readonly Element[], candidate: readonly Element[]): Map<number, number> {
  const owner = new Map<number, number>();
  for (const [j, { pixels }] of candidate.entries()) for (const pixel of pixels) owner.set(pixel, j);
  const shared = new Map<number, number>();
  for (const [i, { pixels }] of reference.entries()) {
    for (const pixel of pixels) {
      const j = owner.get(pixel);
      if (j === undefined) continue;
      const key = i * candidate.length + j;
      shared.set(key, (shared.get(key) ?? 0) + 1);
    }
  }
  return shared;
}

function likenessOf(a: Element, b: Element, common: number): Likeness {
  return {
    overlap: common / (a.area + b.area - common),
    shape: shapeLikeness(a, b),
    growth: Math.max(a.area, b.area) / Math.min(a.area, b.area),
    colour: colourDifference(a.colour, b.colour),
    distance: Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]),
  };
}

/** Overlap of two silhouettes, less where their boxes have other proportions. */
function shapeLikeness(a: Element, b: Element): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < a.silhouette.length; i++) {
    const [p, q] = [a.silhouette[i] ?? 0, b.silhouette[i] ?? 0];
    both += p & q;
    either += p | q;
  }
  const aspect = (a.extent[2] * b.extent[3]) / Math.max(1, a.extent[3] * b.extent[2]);
  return (both / Math.max(1, either)) * Math.sqrt(Math.min(aspect, 1 / aspect));
}
