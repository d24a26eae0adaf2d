import type { Random } from '../random.ts';

export const kinds = ['ruled', 'three-line', 'row-ruled', 'borderless', 'shaded', 'merged'] as const;
export type Kind = (typeof kinds)[number];

/** How a table is set. Lengths in CSS pixels. */
export interface Look {
  readonly lines: 'grid' | 'rows' | 'three' | 'none';
  readonly lineColour: string;
  readonly lineWidth: number;
  readonly font: string;
  readonly size: number;
  readonly padding: readonly [vertical: number, horizontal: number];
  readonly align: 'left' | 'center' | 'by-type';
  readonly boldHead: boolean;
  readonly headFill: string | null;
  readonly headColour: string;
  readonly zebra: string | null;
  /** Picture format; a number is JPEG quality. */
  readonly format: 'png' | number;
  /** Picture pixels for one CSS pixel. */
  readonly scale: number;
}

const linesOf: Readonly<Record<Kind, readonly [Look['lines'], ...Look['lines'][]]>> = {
  ruled: ['grid'],
  'three-line': ['three'],
  'row-ruled': ['rows'],
  borderless: ['none'],
  shaded: ['none', 'grid', 'rows'],
  merged: ['grid', 'grid', 'three', 'none', 'rows'],
};

export function lookOf(kind: Kind, random: Random): Look {
  const lines = random.pick(linesOf[kind]);
  const shaded = kind === 'shaded' || random.chance(0.1);
  const dark = shaded && random.chance(0.35);
  return {
    lines,
    lineColour: random.pick(['#333333', '#000000', '#999999', '#cccccc', '#dee2e6']),
    lineWidth: random.pick([1, 1, 1, 2]),
    font: random.pick([
      'Liberation Sans',
      'Liberation Sans',
      'Liberation Serif',
      'DejaVu Sans',
      'DejaVu Serif',
      'Liberation Sans Narrow',
      'Liberation Mono',
    ]),
    size: random.whole(12, 20),
    padding: [random.whole(lines === 'grid' ? 2 : 3, 10), random.whole(lines === 'grid' ? 4 : 7, 18)],
    align: random.pick(['left', 'center', 'by-type', 'by-type']),
    boldHead: random.chance(0.75),
    headFill: dark
      ? random.pick(['#1f3a5f', '#2d6a4f', '#333333'])
      : shaded
        ? random.pick(['#f2f2f2', '#dde7f3', '#e8e8e8'])
        : null,
    headColour: dark ? '#ffffff' : '#000000',
    zebra: shaded && random.chance(0.6) ? random.pick(['#f6f6f6', '#eef3fa', '#f9f4e8']) : null,
    format: random.pick(['png', 'png', 'png', 95, 90, 85]),
    scale: random.pick([1, 1, 1, 1.5, 2]),
  };
}
