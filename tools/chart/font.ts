import { type Family, families, measures } from './font-measures.ts';
import type { Chart, TextPiece } from './model.ts';

/** Width of a text in ems, side bearings of its ends left off. */
export function widthInEms(text: string, family: Family, bold: boolean): number {
  const { widths, bold: heavy } = measures[family];
  const table = bold ? heavy : widths;
  let width = 0;
  for (const character of text) width += table[character.charCodeAt(0) - 32] ?? 600;
  return Math.max(0.2, width / 1000 - 0.13);
}

/** How far a Q reaches below the line, in thousandths of an em. */
const TAIL = 130;

/** Height of a text's ink in ems, by the letters that it has. */
export function heightInEms(text: string, family: Family): number {
  const { capital, small, ascender, descender, digit } = measures[family];
  const above = /[bdfhkl()[\]{}|/%$]/.test(text)
    ? ascender
    : /[A-Z]/.test(text)
      ? capital
      : /[0-9]/.test(text)
        ? digit
        : /[ijt]/.test(text)
          ? ascender
          : small;
  const below = /[gjpqy()[\]{}|,;$]/.test(text) ? descender : text.includes('Q') ? TAIL : 12;
  return (above + below) / 1000;
}

/** Sizes of an upright or turned line in pixels of an em: by its height, and by its width. */
function sizesOf(
  { text, area, rotation }: TextPiece,
  family: Family,
  bold: boolean,
): { byHeight: number; byWidth: number } {
  const [across, along] =
    rotation === 90
      ? [area.right - area.left, area.bottom - area.top]
      : [area.bottom - area.top, area.right - area.left];
  return { byHeight: across / heightInEms(text, family), byWidth: along / widthInEms(text, family, bold) };
}

/** Em of a line in pixels; widths say it more exactly than heights, unless there are few letters. */
export function emOfText(piece: TextPiece, family: Family, bold: boolean): number {
  const { byHeight, byWidth } = sizesOf(piece, family, bold);
  return piece.text.length >= 4 ? byWidth : byHeight;
}

/** Single lines of text of a chart that are long enough to tell fonts apart. */
export function linesOf({ title, x, y, legend, notes }: Chart): TextPiece[] {
  const ticks = [x, y].flatMap((axis) => axis?.ticks.flatMap(({ label }) => label ?? []) ?? []);
  const pieces = [
    ...title,
    x?.label,
    y?.label,
    ...(legend?.entries.map(({ text }) => text) ?? []),
    ...ticks,
    ...notes,
  ];
  return pieces.flatMap((piece) =>
    piece && piece.text.length >= 3 && !piece.text.includes('\n') ? [piece] : [],
  );
}

/** Fonts from the likeliest: in the right one, widths and heights of the lines say the same size. */
export function rankedFamilies(chart: Chart): Family[] {
  const lines = linesOf(chart);
  const cost = (family: Family) => {
    const ratios = lines.map((line) => {
      const { byHeight, byWidth } = sizesOf(line, family, false);
      // Anti-aliased rims add about half a pixel to a height.
      return Math.abs(Math.log(byWidth / byHeight));
    });
    ratios.sort((a, b) => a - b);
    return ratios[ratios.length >> 1] ?? 0;
  };
  const costs = new Map(families.map((family) => [family, cost(family)]));
  return [...families].sort((a, b) => (costs.get(a) ?? 0) - (costs.get(b) ?? 0));
}

const dpis = [72, 80, 90, 96, 100, 110, 120, 125, 130, 140, 144, 150, 160, 180, 200, 220, 240, 250, 300];

/** Dots per inch at which the picture's size, tick marks and letters come out as people choose them. */
export function dpiOf({ width, height, x, y, em }: Chart): number {
  const tick = Math.max(x?.tickLength ?? 0, y?.tickLength ?? 0);
  const cost = (dpi: number) => {
    const [w, h] = [width / dpi, height / dpi];
    const near = (value: number, step: number) =>
      Math.abs(value / step - Math.round(value / step)) * step * dpi <= 1.01;
    const size = near(w, 0.5) && near(h, 0.5) ? 0 : near(w, 0.1) && near(h, 0.1) ? 0.25 : 1;
    const usual = Math.abs(w - 6.4) < 0.01 && Math.abs(h - 4.8) < 0.01 ? -0.3 : 0;
    const marks = tick === 0 ? 0 : Math.max(0, Math.abs(tick - (3.5 * dpi) / 72) - 1) / 2;
    const letters = Math.abs(Math.log((em * 72) / dpi / 10.3)) * 2;
    return (
      size +
      usual +
      marks +
      letters +
      (dpi === 100 ? 0 : dpi % 50 === 0 || dpi === 72 || dpi === 120 ? 0.1 : 0.2)
    );
  };
  return dpis.reduce((best, dpi) => (cost(dpi) < cost(best) ? dpi : best), 100);
}

const sizes = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36];

/** A size in points as people write it: whole where the pixels allow it. */
export function pointsOf(em: number, dpi: number): number {
  const exact = (em * 72) / dpi;
  const near = sizes.reduce(
    (best, size) => (Math.abs(size - exact) < Math.abs(best - exact) ? size : best),
    10,
  );
  return Math.abs(near - exact) <= Math.max(0.35, 0.05 * exact) ? near : Math.round(exact * 2) / 2;
}
