import type { Component } from '../image/components.ts';
import { isEven, linearScale, type Scale } from './calibrate.ts';
import type { Axis, Frame, TextPiece, Tick, Unreadable } from './model.ts';
import { digitsOf, numberOf } from './numbers.ts';
import type { TextReader } from './ocr.ts';
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

export interface AxisParts {
  readonly name: 'x' | 'y';
  readonly marks: readonly TickMark[];
  readonly labels: readonly (readonly Glyph[])[];
  readonly label: TextPiece | undefined;
  readonly em: number;
  readonly reader: TextReader;
  /** Multiplies the tick labels: what is written as `1e6` at the axis's end. */
  readonly multiple: number;
}

/** Reads the tick labels and finds the scale that they stand for. */
export async function axisOf({
  name,
  marks,
  labels,
  label,
  em,
  reader,
  multiple,
}: AxisParts): Promise<Axis | Unreadable> {
  const ticks: Tick[] = [];
  for (const [i, mark] of marks.entries()) {
    const glyphs = labels[i] ?? [];
    ticks.push({ at: mark.at, label: await tickLabel(glyphs, reader, em) });
  }
  const tickLength = marks.length === 0 ? 0 : Math.max(...marks.map(({ length }) => length));
  const read = ticks.flatMap(({ at, label: piece }) => {
    const number = piece && numberOf(piece.text);
    return piece ? [{ at, piece, number }] : [];
  });
  const numbers = read.flatMap(({ at, number }) => (number ? [{ at, value: number.value * multiple }] : []));
  const raised = ticks.some((_, i) => hasExponent(labels[i] ?? []));
  if (raised && numbers.length >= 2)
    return { kind: 'unreadable', reason: `the ${name} axis has exponents in its tick labels: a log scale` };
  const names = numberedNames(ticks.map(({ label: piece }) => piece?.text ?? ''));
  const numeric = numbers.length >= 0.6 * read.length && numbers.length >= 2 && names === undefined;
  const base = { ticks, label, tickLength };
  if (numeric) {
    const scale = linearScale(numbers);
    if (scale && scale.residual < 0.9) {
      const values = tickValues(ticks, scale, numbers);
      return {
        ...base,
        kind: 'number',
        offset: scale.offset,
        scale: scale.scale,
        residual: scale.residual,
        values,
      };
    }
    if (numbers.length >= 3) {
      return {
        kind: 'unreadable',
        reason: `the ${name} axis's tick labels fit no linear scale: a log scale or dates`,
      };
    }
  }
  if (read.length === 0 || read.length < ticks.length) {
    return { kind: 'unreadable', reason: `the ${name} axis's tick labels cannot be read` };
  }
  if (
    !isEven(
      ticks.map(({ at }) => at),
      1.5,
    )
  ) {
    return {
      kind: 'unreadable',
      reason: `the ${name} axis's ticks stand at unequal distances: a log scale or dates`,
    };
  }
  const named = ticks.map((tick, i): Tick => {
    const text = names?.[i];
    return tick.label && text !== undefined ? { ...tick, label: { ...tick.label, text } } : tick;
  });
  const [first, last] = [ticks[0]?.at ?? 0, ticks.at(-1)?.at ?? 1];
  const spacing = ticks.length > 1 ? (last - first) / (ticks.length - 1) : 1;
  // Categories on a y axis are numbered upwards from the bottom.
  const direction = name === 'y' ? -1 : 1;
  const origin = direction > 0 ? first : last;
  return {
    ...base,
    ticks: named,
    kind: 'category',
    scale: direction / spacing,
    offset: -origin * (direction / spacing),
    residual: 0,
    values: [],
  };
}

/**
 * Names that are numbered, `Q1` to `Q4`, with digits where letters were read for them. Undefined for all else: a Q
 * alone may be a 0 that was misread.
 */
function numberedNames(labels: readonly string[]): string[] | undefined {
  const known = labels.flatMap((label) => /^([A-Za-z]) ?\d+$/.exec(label)?.[1] ?? []);
  const [letter] = known;
  const all = letter !== undefined && labels.every((label) => label.startsWith(letter) && label.length > 1);
  if (!all || known.length < 2 || known.length < 0.6 * labels.length) return undefined;
  return labels.map((label) => letter + digitsOf(label.slice(1)));
}

/** Ticks that were misread take the value that the others' steps lead to. */
function tickValues(
  ticks: readonly Tick[],
  scale: Scale,
  numbers: readonly { at: number; value: number }[],
): number[] {
  const right = numbers.filter(({ at, value }) => Math.abs((value - scale.offset) / scale.scale - at) <= 1.5);
  const steps = right.slice(1).map(({ value }, i) => Math.abs(value - (right[i]?.value ?? 0)));
  const step = Math.min(...steps.filter((one) => one > 0));
  const [anchor] = right;
  return ticks.map(({ at }) => {
    const known = right.find((one) => one.at === at);
    if (known) return known.value;
    const value = scale.offset + scale.scale * at;
    if (!anchor || !Number.isFinite(step)) return value;
    return Number((anchor.value + Math.round((value - anchor.value) / step) * step).toPrecision(10));
  });
}

async function tickLabel(
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
  const text = isMinus ? `-${piece.text.replace(/^[-~]+/, '')}` : piece.text;
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
function hasExponent(glyphs: readonly Glyph[]): boolean {
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
