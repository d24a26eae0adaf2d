import type { Score } from './score.ts';
import { descendants, parseHtml } from './table/html.ts';

/** Number of elements in SVG or HTML code, the outermost included; parts count them by tag. */
export function elementCount(markup: string): Score {
  const names = descendants(parseHtml(markup), () => true).map(({ name }) => name);
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, list]) => [name, list.length] as const);
  return {
    value: names.length,
    parts: Object.fromEntries(counts),
    explanation: `${names.length} elements of ${counts.length} kinds.`,
  };
}
