import { layoutOperators, type TableOperator } from './layout.ts';
import { numericOperators } from './numeric.ts';
import { textOperators } from './text.ts';

export const htmlOperators: readonly TableOperator[] = [
  ...layoutOperators,
  ...textOperators,
  ...numericOperators,
];

/** A Markdown table has no spans, and no table without a header. */
const spanning = new Set(['cells-merged', 'span-split', 'row-span-split', 'header-missing']);

export const markdownOperators: readonly TableOperator[] = htmlOperators.filter(
  ({ name }) => !spanning.has(name),
);
