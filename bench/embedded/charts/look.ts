import type { Random } from '../random.ts';

/** How a chart is drawn, apart from its data. Sizes in points and inches. */
export interface Look {
  readonly style: 'default' | 'varied';
  readonly size: readonly [number, number];
  readonly dpi: number;
  readonly format: 'png' | 'jpeg';
  readonly font: string;
  readonly fontSize: number;
  readonly colours: readonly string[];
  readonly grid: '' | 'both' | 'y' | 'dashed';
  readonly despined: boolean;
  readonly edge: boolean;
  readonly legend: 'best' | 'upper left' | 'upper right' | 'outside' | 'below';
  readonly tight: boolean;
  readonly boldTitle: boolean;
}

const tab10 = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#bcbd22',
  '#17becf',
];
const palettes: readonly [readonly string[], ...(readonly string[])[]] = [
  tab10,
  ['#4c72b0', '#dd8452', '#55a868', '#c44e52', '#8172b3', '#937860', '#da8bc3', '#ccb974', '#64b5cd'],
  ['#66c2a5', '#fc8d62', '#8da0cb', '#e78ac3', '#a6d854', '#ffd92f', '#e5c494', '#b3b3b3', '#6a3d9a'],
  ['navy', 'crimson', 'seagreen', 'goldenrod', 'slateblue', 'tomato', 'teal', 'orchid', 'peru'],
  ['skyblue', 'salmon', 'lightgreen', 'gold', 'plum', 'steelblue', 'coral', 'olive', 'tan'],
];

/** Half of the looks are what matplotlib draws when nobody asks for anything else. */
export function lookOf(style: Look['style'], random: Random): Look {
  const size: readonly [number, number] = random.pick<readonly [number, number]>([
    [6.4, 4.8],
    [8, 6],
    [8, 5],
    [7, 5],
    [10, 6],
    [6, 4],
  ]);
  const plain = style === 'default';
  return {
    style,
    size: plain && random.chance(0.4) ? [6.4, 4.8] : size,
    dpi: plain ? random.pick([100, 100, 100, 120, 150, 80]) : random.pick([72, 90, 100, 120, 150]),
    format: !plain && random.chance(0.35) ? 'jpeg' : 'png',
    font: plain
      ? 'DejaVu Sans'
      : random.pick(['DejaVu Sans', 'Liberation Sans', 'DejaVu Serif', 'Liberation Serif']),
    fontSize: plain ? 10 : random.pick([10, 11, 12, 14]),
    colours: plain ? tab10 : random.pick(palettes),
    grid: plain ? '' : random.pick(['', 'both', 'y', 'dashed']),
    despined: !plain && random.chance(0.35),
    edge: !plain && random.chance(0.35),
    legend: plain ? 'best' : random.pick(['best', 'upper left', 'upper right', 'outside', 'below']),
    tight: random.chance(plain ? 0.4 : 0.7),
    boldTitle: !plain && random.chance(0.3),
  };
}
