import type { Axis, Chart, TextPiece } from '../../../tools/chart/model.ts';
import { wordly } from '../../../tools/chart/ocr.ts';
import type { Draft } from './judge.ts';

/** What OCR takes for each other, both ways. */
const confused: readonly (readonly [string, string])[] = [
  ['O', 'Q'],
  ['O', '0'],
  ['l', 'I'],
  ['l', '1'],
  ['I', '1'],
  ['S', '5'],
  ['B', '8'],
  ['Z', '2'],
  ['rn', 'm'],
  ['cl', 'd'],
  ['vv', 'w'],
  ['(%)', '(98)'],
  ['(%)', '(9%)'],
  ['(%)', '(6)'],
  ['(%)', '(90)'],
];
/** Small letters that may be capitals; a reader takes no capital for them. */
const small: readonly (readonly [string, string])[] = [
  ['v', 'V'],
  ['c', 'C'],
  ['w', 'W'],
];
const MOST = 12;

/** Other spellings of a text, each with one confusion undone; and without what OCR makes of specks around it. */
export function spellingsOf(text: string): string[] {
  const found = new Set<string>();
  const swaps = [...confused.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]), ...small];
  for (const [from, to] of swaps) {
    for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
      found.add(text.slice(0, at) + to + text.slice(at + from.length));
    }
  }
  const bare = text.replace(/^[-_.~'"|]+\s*|\s*[-_.~'"|]+$/g, '');
  if (bare) found.add(bare);
  found.delete(text);
  // In another font, a spelling that no word has may look more alike.
  return [...found].filter((one) => wordly(one) === one).slice(0, MOST);
}

/** Drafts in which one text is spelt otherwise, wherever it stands. */
export function respelt(draft: Draft, piece: TextPiece): Draft[] {
  return spellingsOf(piece.text).map((text) => ({ ...draft, chart: replaced(draft.chart, piece, text) }));
}

/** These letters' two forms differ in nothing but their size, so that a reader takes the one for the other. */
const SIZED = /^[cosvwxz]/;

/** The draft in which a text begins with a capital; undefined where it does, or is told from a small letter. */
export function capitalised(draft: Draft, piece: TextPiece): Draft | undefined {
  if (!SIZED.test(piece.text)) return undefined;
  const text = piece.text.charAt(0).toUpperCase() + piece.text.slice(1);
  return { ...draft, chart: replaced(draft.chart, piece, text) };
}

function replaced(chart: Chart, piece: TextPiece, text: string): Chart {
  const swap = (one: TextPiece): TextPiece =>
    one.area === piece.area && one.text === piece.text ? { ...one, text } : one;
  const axis = (one: Axis | undefined): Axis | undefined =>
    one && {
      ...one,
      label: one.label && swap(one.label),
      ticks: one.ticks.map((tick) => ({ ...tick, label: tick.label && swap(tick.label) })),
    };
  const named = (name: string) =>
    chart.legend?.entries.some((entry) => entry.text.area === piece.area) && name === piece.text
      ? text
      : name;
  const { plot } = chart;
  return {
    ...chart,
    title: chart.title.map(swap),
    x: axis(chart.x),
    y: axis(chart.y),
    legend: chart.legend && {
      ...chart.legend,
      entries: chart.legend.entries.map((entry) => ({ ...entry, text: swap(entry.text) })),
    },
    plot:
      plot.kind === 'pie'
        ? {
            ...plot,
            wedges: plot.wedges.map((wedge) => ({ ...wedge, label: wedge.label && swap(wedge.label) })),
          }
        : plot.kind === 'bars'
          ? { ...plot, series: plot.series.map((one) => ({ ...one, name: named(one.name) })) }
          : { ...plot, series: plot.series.map((one) => ({ ...one, name: named(one.name) })) },
  };
}
