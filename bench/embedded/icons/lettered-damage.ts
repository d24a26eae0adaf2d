import { misspelt } from '../../../datasets/corrupt/spelling.ts';
import type { Random } from '../random.ts';
import type { Damage } from './damage.ts';

/** Where a text ends that is drawn smaller, as in docs/damage.md. */
const SMALLER = 0.6;
/** Of the font's size, from the baseline to the middle of the capitals. */
const MIDDLE = 0.36;

/** Changes to the text of an icon; where they show, the renders tell. */
export function letteredDamagesOf(svg: string, random: Random): Omit<Damage, 'box'>[] {
  const [element, words] = /<text [^>]*>([^<]*)<\/text>/.exec(svg) ?? [];
  if (!element || words === undefined) return [];
  const number = (name: string) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(element)?.[1] ?? 0);
  const [x, y] = [number('x'), number('y') - MIDDLE * number('font-size')];
  const shift = `translate(${((1 - SMALLER) * x).toFixed(1)} ${((1 - SMALLER) * y).toFixed(1)}) scale(${SMALLER})`;
  const wrong = misspelt(words.replace('&amp;', '&'), () => random.next());
  // Nothing tells a lone letter from any other thin shape.
  const lone = words.length === 1 ? ['structure_error', 'shape_error'] : [];
  const categories = ['text_symbol_error', ...lone];
  const swap = (by: string) => svg.replace(element, () => by);
  return [
    { kind: 'text missing', categories, svg: swap('') },
    { kind: 'text resized', categories, svg: swap(`<g transform="${shift}">${element}</g>`) },
    ...(wrong
      ? [
          {
            kind: 'text changed' as const,
            categories,
            svg: swap(element.replace(`>${words}<`, () => `>${wrong.text.replace('&', '&amp;')}<`)),
          },
        ]
      : []),
  ];
}
