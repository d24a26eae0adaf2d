import type { Discrepancy } from '../../../core/discrepancy.ts';
import { calmShare, LEAST_CALM } from '../../image/calm.ts';
import { groundOf, unlike } from '../../image/ground.ts';
import { median } from '../../image/median.ts';
import { drawingNoise } from '../../image/noise.ts';
import type { Pixels } from '../../image/pixels.ts';
import { withoutRinging } from '../../image/ringing.ts';
import { type Segmentation, segment } from '../../image/segment/segment.ts';
import { drawingOf } from './icon/elements.ts';
import { explained } from './icon/explain.ts';
import { suspicionsOf } from './icon/findings.ts';
import { fineDifference } from './icon/fine.ts';
import { describeRegion } from './icon/leftover.ts';
import { letteringOf } from './icon/lettering.ts';
import { match } from './icon/match.ts';
import { regionsOf } from './regions.ts';
import { tolerantDifference } from './tolerant-difference.ts';

export interface IconFindings {
  readonly discrepancies: Discrepancy[];
  /** Root mean square difference of the pixels, 0 to 1. */
  readonly residual: number;
}

/** A list longer than this helps nobody: what is left is told in one line. */
const MOST = 24;
/** Drawings of more elements are compared by their pixels alone. */
const MOST_ELEMENTS = 250;
/** Levels within which a pixel counts as the ground that the drawing stands on. */
const GROUND = 24;

export interface ComparerOptions {
  /** Candidates were drawn at another size: slivers count as little as with noise. */
  readonly resampled?: boolean;
  /** The reference taken apart, where that was done already. */
  readonly segmentation?: Segmentation;
}

/** Compares drawings with one reference. */
export type IconComparer = (candidate: Pixels) => Promise<IconFindings>;

/**
 * Prepares a reference that holds a drawing on a plain ground. Candidates have its size. Where the pictures
 * differ is found pixel by pixel; what that means is then told element by element, and place by place where
 * no element explains it, so that no difference goes unsaid. A reference with JPEG noise is compared after a
 * median filter, in a wider window, and without slivers of a pixel or two.
 */
export function iconComparer(
  picture: Pixels,
  { resampled = false, segmentation }: ComparerOptions = {},
): IconComparer {
  // Whoever took it apart has done so already.
  const reference = segmentation ? picture : withoutRinging(picture);
  const { width, height } = reference;
  // Of the reference alone: a render has no noise, and what looks like it is an error of the code.
  const noise = drawingNoise(reference);
  const ink = unlike(reference, groundOf(reference), GROUND);
  const drawn = Math.max(
    ink.length / 100,
    ink.reduce((sum, value) => sum + value, 0),
  );
  const minArea = Math.max(4, ink.length / 20_000);
  let parsed: ReturnType<typeof drawingFor> | undefined;
  return async (candidate) => {
    const residual = residualOf(reference, candidate);
    const excess = await differenceOf(reference, candidate, noise);
    const seen = regionsOf(excess, reference, candidate, minArea).filter(
      ({ depth }) => depth > 1 || (noise === 0 && !resampled),
    );
    const fine = () => fineDifference(reference, candidate, { noisy: noise > 0, resampled });
    if (seen.length === 0) return { discrepancies: fine(), residual };
    const kept = new Uint8Array(excess.length);
    for (const { pixels } of seen) for (const pixel of pixels) kept[pixel] = excess[pixel] ?? 0;
    parsed ??= drawingFor(reference, segmentation);
    const [wanted, got] = await Promise.all([parsed, drawingFor(candidate)]);
    const found: Discrepancy[] = [];
    if (wanted && got) {
      const canvas = { width, height, drawn };
      const matching = match(wanted.elements, got.elements, width);
      const { suspicions, rest } = letteringOf(wanted, got, matching, canvas);
      const all = [...suspicions, ...suspicionsOf(wanted, got, rest, canvas)];
      found.push(...explained(all, kept, width));
    }
    const scene = { ink, otherInk: unlike(candidate, groundOf(reference), GROUND), drawn };
    const left = regionsOf(kept, reference, candidate, minArea);
    found.push(...left.map((region) => describeRegion(region, scene)));
    if (found.length === 0) found.push(...fine());
    found.sort((a, b) => b.severity - a.severity);
    return { discrepancies: shorten(found), residual };
  };
}

async function drawingFor(pixels: Pixels, known?: Segmentation) {
  if (!known && calmShare(pixels) < LEAST_CALM) return undefined;
  const segmentation = known ?? (await segment(pixels));
  return segmentation.shapes.length > MOST_ELEMENTS ? undefined : drawingOf(segmentation);
}

async function differenceOf(reference: Pixels, candidate: Pixels, noise: number): Promise<Uint8Array> {
  if (noise === 0) return tolerantDifference(reference, candidate, { levels: 14, edge: 0.25, radius: 1 });
  const [wanted, got] = await Promise.all([median(reference), median(candidate)]);
  return tolerantDifference(wanted, got, { levels: Math.min(64, 16 + 5 * noise), edge: 0.25, radius: 2 });
}

function shorten(found: readonly Discrepancy[]): Discrepancy[] {
  const rest = found.length - MOST;
  if (rest <= 0) return [...found];
  return [
    ...found.slice(0, MOST),
    {
      category: 'structure_error',
      severity: 3,
      location: 'whole picture',
      description: `${rest} further places differ: this is another drawing, or one of too much detail.`,
    },
  ];
}

/** Root mean square difference of two pictures of one size, 0 to 1. */
export function residualOf(a: Pixels, b: Pixels): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return Math.sqrt(sum / Math.max(1, a.data.length)) / 255;
}
