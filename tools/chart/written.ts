import type { Component } from '../image/components.ts';
import type { Frame } from './model.ts';
import { around, bandsOf } from './text-lines.ts';
import type { TickMark } from './ticks.ts';

type Glyph = Component;

/** The glyphs under an axis, told apart into tick labels and what is written below them. */
export interface Written {
  /** Glyphs of each tick's label, in the ticks' order. */
  readonly ticks: readonly (readonly Glyph[])[];
  /** Further lines of text, nearest first. */
  readonly rest: readonly (readonly Glyph[])[];
}

/** Splits the text under the plotting area. */
export function belowAxis(
  glyphs: readonly Glyph[],
  marks: readonly TickMark[],
  frame: Frame,
  em: number,
): Written {
  const bands = bandsOf(glyphs, 0.12 * em);
  if (marks.length === 0) return { ticks: [], rest: bands };
  const spacing = gapOf(marks.map(({ at }) => at));
  const middle = (frame.left + frame.right) / 2;
  const labels: Glyph[] = [];
  const rest: Glyph[][] = [];
  for (const [index, band] of bands.entries()) {
    const words = bandsOf(band, 1.0 * em, 'columns');
    const box = around(band);
    const centred =
      box && Math.abs((box.left + box.right) / 2 - middle) < 0.02 * (frame.right - frame.left) + 3;
    const near = box && box.top - frame.bottom < 2.2 * em;
    const single = words.length === 1 && centred && index > 0;
    const onTicks = words.every((word) => {
      const area = around(word);
      const x = area ? (area.left + area.right) / 2 : 0;
      return marks.some(({ at }) => Math.abs(at - x) < 0.3 * spacing);
    });
    if (rest.length === 0 && !single && (index === 0 ? near : onTicks)) labels.push(...band);
    else rest.push(band);
  }
  return { ticks: share(labels, marks, ({ left, right }) => (left + right) / 2, 0.75 * spacing), rest };
}

/** Splits the text to the left of the plotting area. */
export function besideAxis(
  glyphs: readonly Glyph[],
  marks: readonly TickMark[],
  frame: Frame,
  em: number,
): Written {
  const bands = bandsOf(glyphs, Math.max(2, 0.2 * em), 'columns');
  const middle = (frame.top + frame.bottom) / 2;
  const first = bands[0];
  const box = first && around(first);
  const upright =
    first !== undefined &&
    box !== undefined &&
    box.right - box.left < 2.1 * em &&
    box.bottom - box.top > 1.3 * (box.right - box.left) &&
    Math.abs((box.top + box.bottom) / 2 - middle) < 0.04 * (frame.bottom - frame.top) + 4 &&
    // Written upwards, letters follow each other without the distances that tick labels keep.
    Math.max(0, ...gapsOf(first.map((glyph) => [glyph.top, glyph.bottom]))) < 1.1 * em;
  const rest = upright ? [first] : [];
  const labels = (upright ? bands.slice(1) : bands).flat();
  if (marks.length === 0) return { ticks: [], rest: [...rest, labels].filter(({ length }) => length > 0) };
  const spacing = gapOf(marks.map(({ at }) => at));
  return {
    ticks: share(labels, marks, ({ top, bottom }) => (top + bottom) / 2, Math.max(em, 0.6 * spacing)),
    rest,
  };
}

function gapsOf(spans: readonly (readonly [number, number])[]): number[] {
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  const gaps: number[] = [];
  let end = sorted[0]?.[1] ?? 0;
  for (const [from, to] of sorted) {
    gaps.push(from - end);
    end = Math.max(end, to);
  }
  return gaps;
}

function gapOf(places: readonly number[]): number {
  const gaps = places.slice(1).map((place, i) => place - (places[i] ?? 0));
  return gaps.length === 0 ? 1e9 : Math.min(...gaps);
}

function share(
  glyphs: readonly Glyph[],
  marks: readonly TickMark[],
  middle: (glyph: Glyph) => number,
  reach: number,
): Glyph[][] {
  const shares = marks.map((): Glyph[] => []);
  for (const glyph of glyphs) {
    const place = middle(glyph);
    let nearest = 0;
    for (const [i, { at }] of marks.entries()) {
      if (Math.abs(at - place) < Math.abs((marks[nearest]?.at ?? 0) - place)) nearest = i;
    }
    if (Math.abs((marks[nearest]?.at ?? 0) - place) <= reach) shares[nearest]?.push(glyph);
  }
  return shares;
}
