import type { Component } from '../image/components.ts';
import type { TextPiece } from './model.ts';
import type { TextReader } from './ocr.ts';
import { around, bandsOf } from './text-lines.ts';

type Glyph = Component;

/** Reads one tick's label: a number with its minus and its point, or lines of words. */
export async function tickLabel(
  glyphs: readonly Glyph[],
  reader: TextReader,
  em: number,
): Promise<TextPiece | undefined> {
  const area = around(glyphs);
  if (!area || area.bottom - area.top < 0.3 * em) return undefined;
  // A minus is a thin bar before the first digit, which OCR often takes for a speck.
  const sorted = [...glyphs].sort((a, b) => a.left - b.left);
  const [first, second] = sorted;
  const isMinus =
    first &&
    second &&
    first.bottom - first.top <= 0.22 * em &&
    first.right - first.left >= 0.3 * em &&
    first.top > second.top + 0.15 * em &&
    first.bottom < second.bottom - 0.1 * em &&
    second.left >= first.right;
  const body = isMinus ? around(sorted.slice(1)) : area;
  const lines = bandsOf(isMinus ? sorted.slice(1) : sorted, 0.05 * em).filter((line) => {
    const box = around(line);
    return box && box.bottom - box.top > 0.4 * em;
  });
  if (lines.length > 1 && lines.length < 4 && area.bottom - area.top > 1.7 * em) {
    const pieces: TextPiece[] = [];
    for (const line of lines) {
      const box = around(line);
      if (box) pieces.push(await reader.read(box));
    }
    return {
      text: pieces.map(({ text }) => text).join('\n'),
      area,
      confidence: Math.min(...pieces.map(({ confidence }) => confidence)),
      rotation: 0,
      bold: false,
    };
  }
  const piece = await reader.read(body ?? area);
  // One glyph is one letter, whatever else was made of it.
  const single =
    glyphs.length === 1 && /^(.)\1$/i.test(piece.text) ? { ...piece, text: piece.text.charAt(0) } : piece;
  const text = isMinus ? `-${single.text.replace(/^[-~]+/, '')}` : single.text;
  return { ...piece, text: withPoint(text, sorted, em), area };
}

/** A decimal point that OCR dropped is still there as a small square on the base line. */
function withPoint(text: string, glyphs: readonly Glyph[], em: number): string {
  if (!/^-?\d+$/.test(text)) return text;
  const digits = glyphs.filter((glyph) => glyph.bottom - glyph.top > 0.45 * em);
  const base = Math.max(...digits.map(({ bottom }) => bottom));
  const dot = glyphs.find(
    (glyph) =>
      glyph.bottom - glyph.top < 0.25 * em &&
      glyph.right - glyph.left < 0.25 * em &&
      Math.abs(glyph.bottom - base) <= 1.5,
  );
  if (!dot) return text;
  const before = digits.filter(({ left }) => left < dot.left).length;
  const sign = text.startsWith('-') ? 1 : 0;
  if (digits.length !== text.length - sign) return text;
  return `${text.slice(0, sign + before)}.${text.slice(sign + before)}`;
}

/** The last glyphs stand higher and smaller than the first: a power such as 10 to the third. */
export function hasExponent(glyphs: readonly Glyph[]): boolean {
  const tall = [...glyphs].sort((a, b) => a.left - b.left);
  const first = tall[0];
  const last = tall.at(-1);
  if (!first || !last || tall.length < 3) return false;
  const height = first.bottom - first.top;
  return (
    last.bottom < first.bottom - 0.3 * height &&
    last.bottom - last.top > 0.4 * height &&
    last.bottom - last.top < 0.85 * height &&
    last.top < first.top
  );
}
