import { seeded } from '../random.ts';
import { type IconKind, iconKinds } from './kinds.ts';
import { letteredKinds } from './lettered.ts';

export interface IconCase {
  readonly name: string;
  readonly kind: string;
  /** The code that the picture is drawn from; the reader never sees it. */
  readonly svg: string;
  /** Pixels a side. */
  readonly size: number;
}

const sizes = [48, 64, 96, 128, 192, 256, 336, 512] as const;

/** `count` icons of each kind, drawn by seeded rules, at sizes from 48 to 512 pixels. */
export function iconSet(seed: number, count: number): IconCase[] {
  return drawn(iconKinds, seed, count);
}

/** Seeds of icons with text lie apart from those without. */
const LETTERED = 40_000;

/** The same of icons with text on them. */
export function letteredSet(seed: number, count: number): IconCase[] {
  return drawn(letteredKinds, seed + LETTERED, count);
}

function drawn(kinds: Readonly<Record<string, IconKind>>, first: number, count: number): IconCase[] {
  return Object.entries(kinds).flatMap(([kind, draw], row) =>
    Array.from({ length: count }, (_, index) => {
      const random = seeded(first + row * 1000 + index);
      const size = random.pick(sizes);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${draw(random).join('')}</svg>`;
      return { name: `${kind}-${index}`, kind, svg, size };
    }),
  );
}
