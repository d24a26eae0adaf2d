import type { Discrepancy } from '../../../../core/discrepancy.ts';
import { depthOf } from '../../../image/depth.ts';
import { colourWords, percent, placeWords } from '../words.ts';
import { around, boxOf, type Drawing, type Element } from './elements.ts';
import { colourDifference, type Match, type Matching } from './match.ts';
import { byColour, byDistance, byGrowth, byOutline, bySize } from './severity.ts';

/** What may be wrong with an element, and the pixels that speak for it. */
export interface Suspicion {
  /** Suspicions of a lower rank take the differing pixels first: what they leave is for the others. */
  readonly rank: 0 | 1 | 2;
  /** Share of that area that must differ for the suspicion to be true. */
  readonly least: number;
  /** Area of the smaller element involved: within a rank, small ones explain differences first. */
  readonly area: number;
  /** Pixels of the elements involved. */
  readonly pixels: readonly (readonly number[])[];
  /** What it is, once the differing pixels near those are known. */
  describe(changed: readonly number[]): Discrepancy[];
}

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Pixels that are drawn on in the reference. */
  readonly drawn: number;
}

/** Elements whose colours differ by less look the same, in CIEDE2000. */
export const SAME_COLOUR = 4;
/** Areas whose ratio is below this are of one size. */
const SAME_SIZE = 1.1;
/** Moves below this many pixels, or this share of the picture, are none. */
export const SAME_PLACE = { pixels: 1.2, share: 0.008 } as const;
/** Silhouettes that overlap more are of one outline. */
export const SAME_OUTLINE = 0.75;
/** Elements that overlap more have neither moved nor changed. */
export const IN_PLACE = 0.85;

/** What is said of a whole element must be seen over much of it; of its edge, somewhere along it. */
export const LEAST = { whole: 0.3, part: 0.02 } as const;

/** Everything that could be said of two drawings; what is true of it the differing pixels tell. */
export function suspicionsOf(
  reference: Drawing,
  candidate: Drawing,
  { matches, missing, extra }: Matching,
  canvas: Canvas,
): Suspicion[] {
  const byReference = new Map(matches.map((match) => [match.reference, match]));
  const ground = colourDifference(reference.ground, candidate.ground);
  const suspicions: Suspicion[] = [];
  if (ground > SAME_COLOUR) suspicions.push(groundSuspicion(reference, candidate, ground));
  for (const element of missing) suspicions.push(loneSuspicion(element, true, canvas));
  for (const element of extra) suspicions.push(loneSuspicion(element, false, canvas));
  for (const match of matches) {
    const encloser = reference.elements[match.reference.within];
    const carrier = encloser && byReference.get(encloser);
    if (carrier && ridesAlong(match, carrier, canvas)) continue;
    const kinds = kindsOf(match, canvas);
    const repainted = kinds.colour && match.overlap > IN_PLACE;
    suspicions.push({
      rank: repainted ? 0 : kinds.moved || kinds.grown ? 1 : 2,
      least: repainted ? LEAST.whole : LEAST.part,
      area: Math.min(match.reference.area, match.candidate.area),
      pixels: [match.reference.pixels, match.candidate.pixels],
      describe: (changed) => describeMatch(match, changed, canvas),
    });
  }
  return suspicions;
}

function groundSuspicion(reference: Drawing, candidate: Drawing, difference: number): Suspicion {
  const common = new Set(candidate.groundPixels);
  return {
    rank: 0,
    least: 0,
    area: 0,
    pixels: [reference.groundPixels.filter((pixel) => common.has(pixel))],
    describe: () => [
      {
        category: 'style_error',
        severity: byColour(difference, 1),
        location: 'background',
        description: `The background is ${colourWords(candidate.ground)}, it should be ${colourWords(reference.ground)}.`,
        box: [0, 0, 1, 1],
      },
    ],
  };
}

function loneSuspicion(element: Element, gone: boolean, canvas: Canvas): Suspicion {
  const box = boxOf(element.extent, canvas);
  const share = element.area / canvas.drawn;
  const kind = element.flat
    ? colourWords(element.colour)
    : `a gradient around ${colourWords(element.colour)}`;
  const name = `${kind}, ${percent(share)} of the drawn area`;
  return {
    rank: 1,
    least: LEAST.whole,
    area: element.area,
    pixels: [element.pixels],
    describe: () => [
      {
        category: 'structure_error',
        severity: bySize(share),
        location: placeWords(box),
        description: gone ? `An element is missing: ${name}.` : `There is an element too many: ${name}.`,
        box,
      },
    ],
  };
}

/** What lies in an element that was moved or resized went with it: that is not a second error. */
function ridesAlong(match: Match, carrier: Match, canvas: Canvas): boolean {
  const { moved, grown } = kindsOf(carrier, canvas);
  if (!moved && !grown) return false;
  const [a, b] = [moveOf(match), moveOf(carrier)];
  const reach = grown ? 0.5 * Math.hypot(carrier.reference.extent[2], carrier.reference.extent[3]) : 2;
  return Math.hypot(a[0] - b[0], a[1] - b[1]) < reach && match.colour <= SAME_COLOUR;
}

function moveOf({ reference, candidate }: Match): readonly [number, number] {
  return [candidate.centre[0] - reference.centre[0], candidate.centre[1] - reference.centre[1]];
}

function kindsOf(match: Match, { width, height }: Canvas) {
  const side = Math.max(width, height);
  const alike = match.shape > SAME_OUTLINE;
  const away = match.distance > SAME_PLACE.pixels && match.distance > SAME_PLACE.share * side;
  const larger = match.growth > SAME_SIZE;
  // A part that is hidden or cut off changes the area a little too: a clear move is told as a move.
  const moved = alike && away && match.growth < 1.2 && match.overlap < IN_PLACE;
  return { colour: match.colour > SAME_COLOUR, moved, grown: alike && larger && !moved };
}

function describeMatch(match: Match, changed: readonly number[], canvas: Canvas): Discrepancy[] {
  const { reference, candidate } = match;
  const share = reference.area / canvas.drawn;
  const common = {
    location: placeWords(boxOf(reference.extent, canvas)),
    box: boxOf(around(reference.extent, candidate.extent), canvas),
  };
  const name = `the ${colourWords(reference.colour)} element`;
  const { colour, moved, grown } = kindsOf(match, canvas);
  const found: Discrepancy[] = [];
  if (colour) {
    found.push({
      ...common,
      category: 'style_error',
      severity: byColour(match.colour, share),
      description: `Another colour: ${name} is ${colourWords(candidate.colour)}.`,
    });
  } else if (reference.flat !== candidate.flat) {
    found.push({
      ...common,
      category: 'style_error',
      severity: byColour(12, share),
      description: reference.flat
        ? `A gradient where there should be one colour: ${name}.`
        : `One colour where there should be a gradient: ${name}.`,
    });
  }
  if (moved) {
    found.push({
      ...common,
      category: 'structure_error',
      severity: byDistance(match.distance / Math.max(canvas.width, canvas.height), share),
      description: `Another place: ${name} lies ${directionWords(match, canvas)} of where it should.`,
    });
  } else if (grown) {
    const larger = candidate.area > reference.area;
    found.push({
      ...common,
      category: 'shape_error',
      severity: byGrowth(match.growth),
      description: `Another size: ${name} covers ${percent(candidate.area / reference.area)} of the area that it should, it is too ${larger ? 'large' : 'small'}.`,
    });
  } else if (found.length === 0 || match.overlap < IN_PLACE) {
    found.push({ ...common, ...outlineWords(match, changed, name, share, canvas.width) });
  }
  return found;
}

/** A part that is lost or added at one place, of at least this share of the element, is a matter of structure. */
const PART = 0.15;

function outlineWords(
  { reference, candidate }: Match,
  changed: readonly number[],
  name: string,
  share: number,
  width: number,
) {
  const [own, other] = [new Set(reference.pixels), new Set(candidate.pixels)];
  const lostPixels = changed.filter((pixel) => own.has(pixel) && !other.has(pixel));
  const gainedPixels = changed.filter((pixel) => other.has(pixel) && !own.has(pixel));
  const [lost, gained] = [lostPixels.length, gainedPixels.length];
  const part = (lost + gained) / reference.area;
  const oneSided = Math.min(lost, gained) < 0.08 * Math.max(lost, gained);
  const severity = byOutline(part, share);
  const extent = `differs over ${percent(changed.length / reference.area)} of its area`;
  const whole = lost > gained ? reference.pixels : candidate.pixels;
  if (oneSided && part > PART && isPart(lost > gained ? lostPixels : gainedPixels, whole, width)) {
    const description = lost > gained ? `A part of ${name} is missing` : `A part too many on ${name}`;
    return { category: 'structure_error', severity, description: `${description} (${extent}).` };
  }
  return {
    category: 'shape_error',
    severity,
    description: `Another outline: ${name} is shaped otherwise (${extent}).`,
  };
}

/** Some pixels of an element are whole parts of it: few pieces, as thick as the element is. */
function isPart(pixels: readonly number[], whole: readonly number[], width: number): boolean {
  return (
    thickness(pixels, width) > 0.7 * thickness(whole, width) &&
    largestPieces(pixels, width) > 0.8 * pixels.length
  );
}

/** Pixels in the three largest pieces. */
function largestPieces(pixels: readonly number[], width: number): number {
  const left = new Set(pixels);
  const sizes: number[] = [];
  for (const start of pixels) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (const pixel of group) {
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          const other = pixel + dy * width + dx;
          if (left.delete(other)) group.push(other);
        }
      }
    }
    sizes.push(group.length);
  }
  return sizes
    .sort((a, b) => b - a)
    .slice(0, 3)
    .reduce((sum, size) => sum + size, 0);
}

/** Greatest depth of a pixel below the edge of a set of pixels. */
function thickness(pixels: readonly number[], width: number): number {
  const columns = pixels.map((pixel) => pixel % width);
  const rows = pixels.map((pixel) => Math.floor(pixel / width));
  const [left, top] = [
    columns.reduce((a, b) => Math.min(a, b), width),
    rows.reduce((a, b) => Math.min(a, b), Infinity),
  ];
  const size = {
    width: columns.reduce((a, b) => Math.max(a, b), 0) - left + 1,
    height: rows.reduce((a, b) => Math.max(a, b), 0) - top + 1,
  };
  const mask = new Uint8Array(size.width * size.height);
  for (const [i, column] of columns.entries())
    mask[((rows[i] ?? top) - top) * size.width + column - left] = 1;
  return depthOf(mask, size).reduce((most, depth) => Math.max(most, depth), 0);
}

function directionWords(match: Match, { width, height }: Canvas): string {
  const [x, y] = moveOf(match);
  const [dx, dy] = [x / width, y / height];
  const words: string[] = [];
  if (Math.abs(dx) > 0.004)
    words.push(`${percent(Math.abs(dx))} of the width to the ${dx > 0 ? 'right' : 'left'}`);
  if (Math.abs(dy) > 0.004)
    words.push(`${percent(Math.abs(dy))} of the height ${dy > 0 ? 'below' : 'above'}`);
  return words.join(' and ') || 'a little beside';
}
