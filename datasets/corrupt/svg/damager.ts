import type { Stream } from '../draw.ts';
import { streamsOf } from '../draw.ts';
import type { SvgOperator } from './operator.ts';
import { outlineOperators } from './outline.ts';
import { parseSvg } from './source.ts';
import { structureOperators } from './structure.ts';
import { styleOperators } from './style.ts';
import { textOperators } from './text.ts';

export const svgOperators: readonly SvgOperator[] = [
  ...structureOperators,
  ...outlineOperators,
  ...styleOperators,
  ...textOperators,
];

/** @throws DatasetError when the code is no SVG document. */
export function svgStreams(code: string, seed: number, operators: readonly string[]): Stream[] {
  const wanted = svgOperators.filter(({ name }) => operators.includes(name));
  return streamsOf(wanted, parseSvg(code), seed);
}
