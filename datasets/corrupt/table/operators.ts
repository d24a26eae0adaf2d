import { columnOperators } from './columns.ts';
import type { TableOperator } from './grid.ts';
import { numericOperators } from './numeric.ts';
import { rowOperators } from './rows.ts';
import { textOperators } from './text.ts';

export const htmlOperators: readonly TableOperator[] = [
  ...rowOperators,
  ...columnOperators,
  ...textOperators,
  ...numericOperators,
];

/** A Markdown table has no spans, and no table without a header. */
const spanning = new Set(['cells-merged', 'span-split', 'row-span-split', 'header-missing']);

export const markdownOperators: readonly TableOperator[] = htmlOperators.filter(
  ({ name }) => !spanning.has(name),
);
