import type { Component } from '../image/components.ts';
import { isEven, linearScale, type Scale, type Sighting } from './calibrate.ts';
import type { Axis, TextPiece, Tick, Unreadable } from './model.ts';
import { digitsOf, numberOf } from './numbers.ts';
import type { TextReader } from './ocr.ts';
import { hasExponent, tickLabel } from './tick-label.ts';
import type { TickMark } from './ticks.ts';

type Glyph = Component;

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
  // Two numbers lie on a line whatever they are.
  const enough = numbers.length >= 3 || (numbers.length === 2 && read.length === 2);
  const numeric = numbers.length >= 0.6 * read.length && enough && names === undefined;
  const base = { ticks, label, tickLength };
  if (numeric) {
    const scale = linearScale(numbers);
    if ((scale?.inliers ?? 0) < numbers.length && isLogarithmic(numbers))
      return { kind: 'unreadable', reason: `the ${name} axis has a log scale` };
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

/** All ticks agree with one scale by their numbers' logarithms. */
function isLogarithmic(numbers: readonly Sighting[]): boolean {
  if (numbers.length < 3 || numbers.some(({ value }) => value <= 0)) return false;
  const scale = linearScale(numbers.map(({ at, value }) => ({ at, value: Math.log10(value) })));
  return scale?.inliers === numbers.length;
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
