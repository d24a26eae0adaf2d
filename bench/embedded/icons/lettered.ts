import type { Random } from '../random.ts';
import type { IconKind } from './kinds.ts';

/** Families that the renderer pins, with and without weight; none of them is named by a generic family. */
const fonts = [
  'font-family="Arial"',
  'font-family="Arial" font-weight="bold"',
  'font-family="Times New Roman"',
  'font-family="Times New Roman" font-weight="bold"',
  'font-family="Courier New" font-weight="bold"',
  'font-family="DejaVu Sans"',
  'font-family="DejaVu Sans" font-weight="bold"',
  'font-family="Arial" font-style="italic"',
] as const;
/** Strong grounds, on which white and near-white show. */
const grounds = [
  '#e11d48',
  '#2563eb',
  '#7c3aed',
  '#0f172a',
  '#14532d',
  '#c2410c',
  '#1e3a8a',
  '#0891b2',
] as const;
const inks = ['#ffffff', '#ffffff', '#fde047', '#f4f4f5'] as const;
/** O and I are left out: alone, nothing tells them from a ring and a bar. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabdefghkmnpqrty';
const words = [
  'NEW',
  'SALE',
  'Stop',
  'OPEN',
  'Pay',
  'Go!',
  'PDF',
  'jpg',
  'Beta',
  'A+',
  'v2',
  'Wi-Fi',
  'R&D',
  'EXIT',
  'Top 5',
] as const;
const numbers = ['1', '2', '3', '7', '9', '12', '24', '30', '42', '99+', '50%', '360', '-20', '4.5'] as const;

/** Height of a text's capitals is at most this, in ems; how wide a letter is, about. */
const WIDTH = 0.62;

/** Text in the middle of (50, y) that is at most `width` wide. */
function text(random: Random, words: string, y: number, width: number, most: number, font: string): string {
  const size = Math.min(most, width / (WIDTH * words.length)) * random.between(0.8, 1);
  const escaped = words.replace('&', '&amp;');
  return `<text x="50" y="${(y + 0.36 * size).toFixed(1)}" font-size="${size.toFixed(1)}" text-anchor="middle" ${font}>${escaped}</text>`;
}

const painted = (element: string, fill: string) => element.replace('<text ', `<text fill="${fill}" `);

const board = (random: Random, fill: string) =>
  random.pick([
    `<circle cx="50" cy="50" r="44" fill="${fill}"/>`,
    `<rect x="6" y="6" width="88" height="88" rx="${random.pick([0, 12, 20])}" fill="${fill}"/>`,
  ]);

/** Icons with text on them: elements that hold one `text` each. */
export const letteredKinds: Readonly<Record<string, IconKind>> = {
  initial: (random) => [
    board(random, random.pick(grounds)),
    painted(
      text(random, letters[random.whole(0, letters.length - 1)] ?? 'A', 50, 60, 60, random.pick(fonts)),
      random.pick(inks),
    ),
  ],

  number: (random) => [
    `<circle cx="50" cy="50" r="44" fill="${random.pick(grounds)}"/>`,
    painted(text(random, random.pick(numbers), 50, 66, 52, random.pick(fonts)), random.pick(inks)),
  ],

  sign: (random) => [
    `<rect x="4" y="26" width="92" height="48" rx="${random.pick([0, 6, 24])}" fill="${random.pick(grounds)}"/>`,
    painted(text(random, random.pick(words), 50, 76, 40, random.pick(fonts)), random.pick(inks)),
  ],

  caption: (random) => [
    `<circle cx="50" cy="34" r="${random.between(18, 26, 1)}" fill="${random.pick(grounds)}"/>`,
    painted(text(random, random.pick(words), 80, 84, 30, random.pick(fonts)), random.pick(grounds)),
  ],

  // Narrowed and thickened with round corners: a font that has no name here.
  foreign: (random) => [
    board(random, random.pick(grounds)),
    painted(
      text(random, random.pick(words), 50, 76, 44, random.pick(fonts)).replace(
        '<text ',
        `<text stroke="#ffffff" stroke-width="${random.between(1.5, 2.5, 0.5)}" stroke-linejoin="round" transform="translate(${random.pick([7.5, 12.5])} 0) scale(${random.pick([0.75, 0.85])} 1)" `,
      ),
      '#ffffff',
    ),
  ],
};
