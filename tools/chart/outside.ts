import type { Component } from '../image/components.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Frame } from './model.ts';
import { around, bandsOf, glyphsIn } from './text-lines.ts';
import type { TickMark } from './ticks.ts';

export type Glyphs = readonly Component[];

/** Pieces of ink around the frame, tick marks left out. */
export function outsideGlyphs(
  ink: Uint8Array,
  pixels: Pixels,
  frame: Frame,
  marks: { x: readonly TickMark[]; y: readonly TickMark[] },
): { below: Glyphs; left: Glyphs; above: Glyphs; right: Glyphs } {
  const half = frame.thickness / 2 + 1.5;
  const depth = (list: readonly TickMark[]) => Math.max(0, ...list.map(({ length }) => length));
  const bottom = Math.ceil(frame.bottom + half + depth(marks.x));
  const left = Math.floor(frame.left - half - depth(marks.y));
  const noSpecks = (glyphs: Glyphs) => glyphs.filter(({ area }) => area >= 2);
  return {
    // The lower half of the lowest label beside the axis reaches below it.
    below: noSpecks(
      glyphsIn(ink, pixels, { left: 0, top: bottom, right: pixels.width, bottom: pixels.height }),
    ).filter((glyph) => glyph.top > bottom || glyph.right > left),
    left: noSpecks(glyphsIn(ink, pixels, { left: 0, top: 0, right: left, bottom })),
    above: noSpecks(glyphsIn(ink, pixels, { left, top: 0, right: pixels.width, bottom: frame.top - half })),
    right: noSpecks(
      glyphsIn(ink, pixels, { left: frame.right + half, top: frame.top - half, right: pixels.width, bottom }),
    ),
  };
}

/** Where axes have labels but no marks, the labels' middles stand for them. */
export function marksUnder(glyphs: Glyphs, em: number): TickMark[] {
  const [first = []] = bandsOf(glyphs, 0.12 * em);
  return bandsOf(first, 0.75 * em, 'columns').flatMap((label) => {
    const area = around(label);
    return area ? [{ at: (area.left + area.right) / 2, length: 0 }] : [];
  });
}

export function marksBeside(glyphs: Glyphs, em: number): TickMark[] {
  const labels = bandsOf(glyphs, Math.max(2, 0.2 * em), 'columns').at(-1) ?? [];
  return bandsOf(
    labels.filter((one) => one.bottom - one.top > 0.4 * em),
    0.1 * em,
  ).flatMap((label) => {
    const area = around(label);
    return area ? [{ at: (area.top + area.bottom) / 2, length: 0 }] : [];
  });
}

/** An em of the text by its letters' heights: digits and capitals are 0.73 em high. */
export function emOf(glyphs: Glyphs, height: number): number | undefined {
  const heights = glyphs
    .filter(
      (one) =>
        one.bottom - one.top >= 5 &&
        one.bottom - one.top < 0.09 * height &&
        one.right - one.left < 0.09 * height,
    )
    .map((one) => one.bottom - one.top)
    .sort((a, b) => a - b);
  const tall = heights[Math.floor(heights.length * 0.7)];
  return tall === undefined ? undefined : tall / 0.74;
}
