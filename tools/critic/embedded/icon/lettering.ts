import type { Discrepancy, Severity } from '../../../../core/discrepancy.ts';
import { isMixture } from '../../../image/mixture.ts';
import { colourWords, percent, placeWords } from '../words.ts';
import { around, boxOf, type Drawing, type Element } from './elements.ts';
import {
  type Canvas,
  IN_PLACE,
  LEAST,
  SAME_COLOUR,
  SAME_OUTLINE,
  SAME_PLACE,
  type Suspicion,
} from './findings.ts';
import { formLikeness } from './form.ts';
import { type Line, liesIn, linesOf } from './lines.ts';
import { colourDifference, type Match, type Matching } from './match.ts';
import { byColour, byDistance, byLetters } from './severity.ts';

/** A line of letters in one drawing and what stands for it in the other: nothing where it is missing there. */
interface Pair {
  readonly reference: readonly Element[];
  readonly candidate: readonly Element[];
  readonly matches: readonly Match[];
}

/** Heights of lines whose ratio is below this are of one size. */
const SAME_HEIGHT = 1.12;
/** Forms of lines that overlap more are the same letters at another size, and at the same. */
const SAME_LETTERS = { resized: 0.5, equal: 0.8 } as const;
/** Letters whose areas' ratio is below this may be the same. */
const SAME_AREA = 1.5;
/** By the line's height, how far letters give way to others without being in another position. */
const SAME_POSITION = 0.5;
/** Beside something that moved, letters of which less is altered are as they should be. */
const ALTERED = 0.1;
/** Pixels that what a line stands on may have moved by. */
const STILL = 2;
/** Proportions of one line at two sizes differ by less than this factor. */
const SAME_ASPECT = 1.15;

/**
 * What may be wrong with the letters and signs of a drawing, told by line and not letter by letter, and the matching
 * of all other elements.
 */
export function letteringOf(
  reference: Drawing,
  candidate: Drawing,
  matching: Matching,
  canvas: Canvas,
): { readonly suspicions: readonly Suspicion[]; readonly rest: Matching } {
  const pairs = pairsOf(reference, candidate, matching, canvas.width);
  const taken = new Set(pairs.flatMap((pair) => [...pair.reference, ...pair.candidate]));
  const isFree = (element: Element) => !taken.has(element);
  return {
    suspicions: pairs.flatMap((pair) => suspicionOf(pair, reference, matching, canvas) ?? []),
    rest: {
      matches: matching.matches.filter((one) => isFree(one.reference) && isFree(one.candidate)),
      missing: matching.missing.filter(isFree),
      extra: matching.extra.filter(isFree),
    },
  };
}

/** The reference's lines with what stands for them, then those of the candidate that stand for none. */
function pairsOf(reference: Drawing, candidate: Drawing, { matches }: Matching, width: number): Pair[] {
  const partners = new Map(
    matches.flatMap((one) => [
      [one.reference, one],
      [one.candidate, one],
    ]),
  );
  const taken = new Set<Element>();
  const pairs: Pair[] = [];
  const sides = [reference, candidate].map((own) => ({ own, lines: linesOf(own, width) }));
  for (const [side, { own, lines }] of sides.entries()) {
    const other = sides[1 - side];
    for (const line of lines) {
      if (!other || line.glyphs.some((glyph) => taken.has(glyph))) continue;
      const facing = new Set(
        line.glyphs.flatMap((glyph) => {
          const match = partners.get(glyph);
          return match ? (side === 0 ? match.candidate : match.reference) : [];
        }),
      );
      const opposite = other.lines.filter(
        ({ glyphs, extent }) => glyphs.some((one) => facing.has(one)) || overlaps(extent, line.extent),
      );
      const mine = [line, ...opposite].flatMap((one) => membersOf(one, own));
      const theirs = [line, ...opposite].flatMap((one) => membersOf(one, other.own));
      const isOwn = (one: Element) => !taken.has(one) && (partners.get(one)?.overlap ?? 0) <= IN_PLACE;
      const [a, b] = [
        new Set([...line.glyphs, ...mine.filter(isOwn)]),
        new Set([...opposite.flatMap(({ glyphs }) => glyphs), ...facing, ...theirs.filter(isOwn)]),
      ];
      for (const one of [...a, ...b]) taken.add(one);
      const [wanted, got] = side === 0 ? [a, b] : [b, a];
      pairs.push({
        reference: [...wanted],
        candidate: [...got],
        matches: matches.filter((one) => wanted.has(one.reference) && got.has(one.candidate)),
      });
    }
  }
  return pairs;
}

/** What is drawn where a line is, in its colours: letters, their counters, crumbs of their edges. */
function membersOf({ extent, colour, ground }: Line, { elements }: Drawing): Element[] {
  return elements.filter((one) => liesIn(one.extent, extent) && isMixture(one.colour, colour, ground));
}

function overlaps([x, y, w, h]: Element['extent'], [left, top, width, height]: Element['extent']): boolean {
  return x < left + width && left < x + w && y < top + height && top < y + h;
}

function suspicionOf(
  pair: Pair,
  { elements }: Drawing,
  { matches, missing }: Matching,
  canvas: Canvas,
): Suspicion | undefined {
  const verdict = verdictOf(pair, canvas);
  const [first] = pair.reference;
  const beneath = elements[first?.within ?? -1];
  const carrier = matches.find(({ reference }) => reference === beneath);
  const gone = beneath !== undefined && missing.includes(beneath);
  // Letters that went along with what they stand on are no second error.
  if (gone && verdict.kind === 'missing') return undefined;
  const still = !gone && (!carrier || isStill(carrier));
  if (!still && (verdict.kind === 'moved' || verdict.kind === 'resized' || verdict.share < ALTERED))
    return undefined;
  const both = [...pair.reference, ...pair.candidate];
  const ink = areaOf(both);
  return {
    rank: verdict.kind === 'recoloured' ? 0 : verdict.kind === 'changed' ? 2 : 1,
    least: verdict.kind === 'changed' || verdict.kind === 'moved' ? LEAST.part : LEAST.whole,
    area: areaOf(pair.reference.length > 0 ? pair.reference : pair.candidate),
    pixels: both.map(({ pixels }) => pixels),
    describe: (changed) => {
      // One letter of many is pointed at, not all of its line.
      const place = verdict.kind === 'changed' ? extentOfPixels(changed, canvas.width) : extentOf(both);
      const box = boxOf(place, canvas);
      const { category, severity } = verdict;
      const description = verdict.words(Math.max(verdict.share, changed.length / ink));
      return [{ category, severity, location: placeWords(box), description, box }];
    },
  };
}

/** What a line stands on is where it was, and as large: that letters uncover more of it does not count. */
function isStill({ reference, candidate }: Match): boolean {
  const ends = ([x, y, w, h]: Element['extent']) => [x, y, x + w, y + h];
  const [a, b] = [ends(reference.extent), ends(candidate.extent)];
  return a.every((end, i) => Math.abs(end - (b[i] ?? 0)) <= STILL);
}

interface Verdict {
  readonly kind: 'missing' | 'extra' | 'resized' | 'recoloured' | 'moved' | 'changed';
  readonly category: Discrepancy['category'];
  readonly severity: Severity;
  /** Of the ink, what is of other letters. */
  readonly share: number;
  words(share: number): string;
}

function verdictOf({ reference, candidate, matches }: Pair, canvas: Canvas): Verdict {
  const category = 'text_symbol_error';
  const [a, b] = [largestOf(reference), largestOf(candidate)];
  if (!a || !b) {
    const what = `text or signs in ${colourWords((a ?? b)?.colour ?? [0, 0, 0])}`;
    return a
      ? { kind: 'missing', category, severity: 3, share: 1, words: () => `Missing: ${what}.` }
      : { kind: 'extra', category, severity: 2, share: 1, words: () => `Too many: ${what}.` };
  }
  const name = `the text or signs in ${colourWords(a.colour)}`;
  // Without counters and crumbs.
  const [own, other] = [inkOf(reference, a), inkOf(candidate, b)];
  const form = formLikeness(own, other, canvas.width);
  const [p, q] = [extentOf(own), extentOf(other)];
  const growth = q[3] / p[3];
  const aspect = (p[2] * q[3]) / (p[3] * q[2]);
  const alike = Math.max(aspect, 1 / aspect) < SAME_ASPECT;
  if (alike && Math.max(growth, 1 / growth) > SAME_HEIGHT && form > SAME_LETTERS.resized) {
    const words = () => `Another size: ${name} have ${percent(growth)} of the height that they should.`;
    return { kind: 'resized', category, severity: 1, share: 0, words };
  }
  const equal = form > SAME_LETTERS.equal && matches.every(({ shape }) => shape > SAME_OUTLINE);
  const colour = colourDifference(a.colour, b.colour);
  const drawn = areaOf(own) / canvas.drawn;
  if (equal && colour > SAME_COLOUR) {
    const words = () => `Another colour: ${name} are ${colourWords(b.colour)}.`;
    return {
      kind: 'recoloured',
      category: 'style_error',
      severity: byColour(colour, drawn),
      share: 1,
      words,
    };
  }
  const side = Math.max(canvas.width, canvas.height);
  const distance = Math.hypot(q[0] + q[2] / 2 - p[0] - p[2] / 2, q[1] + q[3] / 2 - p[1] - p[3] / 2);
  if (equal && distance > Math.max(SAME_PLACE.pixels, SAME_PLACE.share * side)) {
    const words = () =>
      `Another place: ${name} lie ${percent(distance / side)} of the picture beside where they should.`;
    const severity = byDistance(distance / side, drawn);
    return { kind: 'moved', category: 'structure_error', severity, share: 0, words };
  }
  const kept = matches.filter(
    ({ shape, growth, distance }) =>
      shape > SAME_OUTLINE && growth < SAME_AREA && distance < SAME_POSITION * p[3],
  );
  const altered = (all: readonly Element[], same: ReadonlySet<Element>) =>
    areaOf(all.filter((one) => !same.has(one))) / areaOf(all);
  const share = Math.max(
    altered(own, new Set(kept.map(({ reference }) => reference))),
    altered(other, new Set(kept.map(({ candidate }) => candidate))),
  );
  const words = (ink: number) => `Other letters or signs: ${name} differ over ${percent(ink)} of their ink.`;
  return { kind: 'changed', category, severity: byLetters(share), share, words };
}

/** What has the colour of the largest of some elements. */
function inkOf(elements: readonly Element[], { colour }: Element): Element[] {
  return elements.filter((one) => colourDifference(one.colour, colour) < SAME_COLOUR);
}

function areaOf(elements: readonly Element[]): number {
  return elements.reduce((sum, { area }) => sum + area, 0);
}

function extentOf(elements: readonly Element[]): Element['extent'] {
  return elements.map(({ extent }) => extent).reduce(around);
}

function extentOfPixels(pixels: readonly number[], width: number): Element['extent'] {
  return pixels
    .map((pixel): Element['extent'] => [pixel % width, Math.floor(pixel / width), 1, 1])
    .reduce(around);
}

function largestOf(elements: readonly Element[]): Element | undefined {
  return [...elements].sort((a, b) => b.area - a.area)[0];
}
