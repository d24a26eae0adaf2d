/** What a tick label says: its number and what stands around it. */
export interface LabelNumber {
  readonly value: number;
  /** Before and after the number: `$`, `%`, `k`. */
  readonly prefix: string;
  readonly suffix: string;
  readonly decimals: number;
}

/** Letters that OCR takes digits for. */
const lookalikes: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  l: '1',
  I: '1',
  '|': '1',
  i: '1',
  Z: '2',
  S: '5',
  s: '5',
  B: '8',
};
const multiples: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, B: 1e9 };

/** Digits for the letters that were read in their place. */
export function digitsOf(text: string): string {
  return [...text].map((character) => lookalikes[character] ?? character).join('');
}

/** Parses a tick label; undefined when it is no number. */
export function numberOf(text: string): LabelNumber | undefined {
  const plain = text
    .replace(/[−–—~]/g, '-')
    .replace(/\s+/g, '')
    .replace(/,(?=\d{3}(\D|$))/g, '');
  return (
    parse(plain) ??
    parse(
      plain.replace(
        /[OoQDlI|iZSs](?=[\d.%]|$)|(?<=[\d.-])[OoQDlI|iZSs]|^[OoQDlI|]$/g,
        (c) => lookalikes[c] ?? c,
      ),
    )
  );
}

function parse(text: string): LabelNumber | undefined {
  const match = /^([$€£]?)(-?)([$€£]?)(\d+(?:\.(\d+))?|\.(\d+))([kKMB]?)(%?)$/.exec(text);
  if (!match) return undefined;
  const [
    ,
    before = '',
    sign = '',
    after = '',
    digits = '',
    decimals = '',
    bare = '',
    multiple = '',
    percent = '',
  ] = match;
  const value = Number(digits) * (sign ? -1 : 1) * (multiples[multiple] ?? 1);
  return { value, prefix: before + after, suffix: multiple + percent, decimals: (decimals || bare).length };
}

/** The shortest decimal that lies within `tolerance` of a value. */
export function roundWithin(value: number, tolerance: number): number {
  return roundTo(value, decimalsWithin([value], tolerance));
}

/** The least number of decimals (negative: tens, hundreds) with which every value stays within the tolerance. */
export function decimalsWithin(values: readonly number[], tolerance: number): number {
  const finest = Math.max(-12, Math.min(12, Math.ceil(-Math.log10(Math.max(tolerance, 1e-12))) + 1));
  for (let decimals = finest - 3; decimals < finest; decimals++) {
    if (values.every((value) => Math.abs(roundTo(value, decimals) - value) <= tolerance)) return decimals;
  }
  return finest;
}

/** How far beyond the tolerance pixels are off at worst, and how seldom numbers may be as round by chance. */
const WORST = 2.4;
const CHANCE = 0.002;

/**
 * The decimals of numbers that belong together: where all of them are rounder than chance would have it, those
 * somewhat beyond the tolerance are meant to be round, too.
 */
export function decimalsOfMost(values: readonly number[], tolerance: number): number {
  const all = decimalsWithin(values, tolerance);
  for (let decimals = all - 3; decimals < all; decimals++) {
    const worst = Math.max(...values.map((value) => Math.abs(roundTo(value, decimals) - value)));
    if (worst > WORST * tolerance) continue;
    if ((2 * worst * 10 ** decimals) ** values.length < CHANCE) return decimals;
  }
  return all;
}

export function roundTo(value: number, decimals: number): number {
  if (decimals >= 0) return Number(value.toFixed(Math.min(decimals, 12))) + 0;
  const step = 10 ** -decimals;
  return Math.round(value / step) * step + 0;
}
