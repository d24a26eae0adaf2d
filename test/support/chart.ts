import { Resvg } from '@resvg/resvg-js';
import type { Picture } from '../../core/picture.ts';
import { pictureOfPng } from '../../tools/image/picture.ts';

/** What a draft may get wrong of the chart in `drawChart`. */
export interface ChartLook {
  readonly title: string;
  readonly values: readonly (readonly number[])[];
  readonly colours: readonly string[];
  readonly grid: boolean;
  readonly legend: 'inside' | 'none';
  readonly yLabel: string;
}

export const trueLook: ChartLook = {
  title: 'Quarterly revenue by region',
  values: [
    [42, 51, 58, 66],
    [30, 34, 41, 47],
    [18, 24, 23, 31],
  ],
  colours: ['#2f6db3', '#e08a2e', '#4a9d6a'],
  grid: true,
  legend: 'inside',
  yLabel: 'Revenue (million EUR)',
};

const width = 720;
const height = 480;
const regions = ['Europe', 'Americas', 'Asia Pacific'];

/** A grouped bar chart as a picture, so that reports in tests show what a reader would see. */
export function drawChart(look: Partial<ChartLook> = {}): Picture {
  const svg = chartSvg({ ...trueLook, ...look });
  const fonts = { loadSystemFonts: true, defaultFontFamily: 'Liberation Sans' };
  return pictureOfPng(new Resvg(svg, { background: '#ffffff', font: fonts }).render().asPng());
}

function chartSvg({ title, values, colours, grid, legend, yLabel }: ChartLook): string {
  const y = (value: number) => 410 - value * 4.4;
  const ticks = [0, 20, 40, 60].map(
    (value) => `
    ${grid && value > 0 ? `<path d="M80 ${y(value)}H690" stroke="#d8dce2" stroke-width="1.4"/>` : ''}
    <text x="70" y="${y(value) + 5}" text-anchor="end" font-size="15">${value}</text>`,
  );
  const bars = values.flatMap((series, index) =>
    series.map((value, quarter) => {
      const x = 112 + quarter * 150 + index * 34;
      return `<rect x="${x}" y="${y(value)}" width="32" height="${410 - y(value)}" fill="${colours[index]}"/>`;
    }),
  );
  const quarters = [1, 2, 3, 4].map(
    (quarter) =>
      `<text x="${162 + (quarter - 1) * 150}" y="434" text-anchor="middle" font-size="15">Q${quarter}</text>`,
  );
  const key = regions.map(
    (name, index) => `
    <rect x="104" y="${68 + index * 24}" width="22" height="13" fill="${colours[index]}"/>
    <text x="136" y="${80 + index * 24}" font-size="14">${name}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Liberation Sans" fill="#1d2129">
    <text x="385" y="34" text-anchor="middle" font-size="21">${title}</text>
    <text transform="translate(26 235) rotate(-90)" text-anchor="middle" font-size="15">${yLabel}</text>
    <text x="385" y="464" text-anchor="middle" font-size="15">Quarter</text>
    ${ticks.join('')} ${bars.join('')} ${quarters.join('')}
    ${legend === 'inside' ? `<rect x="94" y="56" width="146" height="82" fill="#fff" stroke="#c9ced6"/>${key.join('')}` : ''}
    <path d="M80 54V410H690" fill="none" stroke="#1d2129" stroke-width="1.6"/>
  </svg>`;
}
