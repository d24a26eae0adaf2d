import type { SvgOperator } from './operator.ts';
import { outlineOperators } from './outline.ts';
import { structureOperators } from './structure.ts';
import { styleOperators } from './style.ts';
import { textOperators } from './text.ts';

export const svgOperators: readonly SvgOperator[] = [
  ...structureOperators,
  ...outlineOperators,
  ...styleOperators,
  ...textOperators,
];
