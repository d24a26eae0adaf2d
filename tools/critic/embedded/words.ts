import { differenceCiede2000, formatHex, nearest } from 'culori';
import type { Box } from '../../../core/discrepancy.ts';
import type { Rgb } from '../../image/ground.ts';

const names: Readonly<Record<string, string>> = {
  black: '#000000',
  'dark grey': '#404040',
  grey: '#808080',
  'light grey': '#d0d0d0',
  white: '#ffffff',
  red: '#dc2626',
  'dark red': '#7f1d1d',
  orange: '#f59e0b',
  brown: '#78350f',
  yellow: '#fde047',
  green: '#16a34a',
  'light green': '#86efac',
  'dark green': '#14532d',
  teal: '#0d9488',
  cyan: '#22d3ee',
  'light blue': '#93c5fd',
  blue: '#2563eb',
  'dark blue': '#1e3a8a',
  purple: '#7c3aed',
  magenta: '#d946ef',
  pink: '#f9a8d4',
};

/** `#rrggbb`. */
export function hexOf([r, g, b]: Rgb): string {
  return formatHex({ mode: 'rgb', r: r / 255, g: g / 255, b: b / 255 });
}

/** A colour as a person would say it, with its code: `blue #1d4ed8`. */
export function colourWords(colour: Rgb): string {
  const hex = hexOf(colour);
  const [name = ''] = nearest(
    Object.keys(names),
    differenceCiede2000(),
    (key: string) => names[key] ?? key,
  )(hex);
  return `${name} ${hex}`;
}

/** Where a box lies: `top left`, `centre`, `whole picture`. */
export function placeWords([x, y, width, height]: Box): string {
  if (width > 0.75 && height > 0.75) return 'whole picture';
  const third = (centre: number, extent: number) => {
    if (extent > 0.75) return 1;
    return centre < 0.38 ? 0 : centre > 0.62 ? 2 : 1;
  };
  const row = ['top', 'middle', 'bottom'][third(y + height / 2, height)] ?? '';
  const column = ['left', 'centre', 'right'][third(x + width / 2, width)] ?? '';
  if (row === 'middle' && column === 'centre') return 'centre';
  return column === 'centre' ? `${row} centre` : `${row} ${column}`;
}

/** A share of the whole as a person would say it: `3.2%`. */
export function percent(share: number): string {
  const value = share * 100;
  return value >= 10 ? `${Math.round(value)}%` : value >= 0.1 ? `${value.toFixed(1)}%` : 'under 0.1%';
}
