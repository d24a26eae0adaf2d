import type { Discrepancy, Severity } from '../../../core/discrepancy.ts';
import { componentsOf } from '../../image/components.ts';
import { groundOf, unlike } from '../../image/ground.ts';
import { median } from '../../image/median.ts';
import { noiseLevel } from '../../image/noise.ts';
import type { Pixels } from '../../image/pixels.ts';
import { type Region, regionsOf } from './regions.ts';
import { tolerantDifference } from './tolerant-difference.ts';
import { colourWords, percent, placeWords } from './words.ts';

export interface IconFindings {
  readonly discrepancies: Discrepancy[];
  /** Root mean square difference of the pixels, 0 to 1. */
  readonly residual: number;
}

/** A list longer than this helps nobody: what is left is told in one line. */
const MOST = 24;
/** Levels within which a pixel counts as the ground that the drawing stands on. */
const GROUND = 24;

/** Compares drawings with one reference. */
export type IconComparer = (candidate: Pixels) => Promise<IconFindings>;

/**
 * Prepares a reference that holds a drawing on a plain ground. Candidates have its size. A reference with
 * JPEG noise is compared after a median filter, in a wider window, and without slivers of a pixel or two.
 */
export function iconComparer(reference: Pixels): IconComparer {
  const noise = noiseLevel(reference);
  const ground = groundOf(reference);
  const ink = unlike(reference, ground, GROUND);
  const inkArea = Math.max(ink.length / 100, count(ink));
  const parts = componentsOf(ink, reference);
  const minArea = Math.max(4, ink.length / 20_000);
  return async (candidate) => {
    const otherInk = unlike(candidate, ground, GROUND);
    const scene = { ink, otherInk, inkArea, parts, otherParts: componentsOf(otherInk, reference) };
    const level = Math.max(noise, noiseLevel(candidate));
    const excess = await differenceOf(reference, candidate, level);
    const found = regionsOf(excess, reference, candidate, minArea)
      .filter(({ depth }) => level === 0 || depth > 1)
      .map((region) => describe(region, scene));
    found.sort((a, b) => b.severity - a.severity);
    return { discrepancies: shorten(found), residual: rms(reference, candidate) };
  };
}

async function differenceOf(reference: Pixels, candidate: Pixels, noise: number): Promise<Uint8Array> {
  if (noise === 0) return tolerantDifference(reference, candidate, { levels: 14, radius: 1 });
  const [wanted, got] = await Promise.all([median(reference), median(candidate)]);
  return tolerantDifference(wanted, got, { levels: Math.min(64, 16 + 5 * noise), radius: 2 });
}

interface Scene {
  readonly ink: Uint8Array;
  readonly otherInk: Uint8Array;
  readonly inkArea: number;
  readonly parts: ReturnType<typeof componentsOf>;
  readonly otherParts: ReturnType<typeof componentsOf>;
}

function describe(region: Region, scene: Scene): Discrepancy {
  const { box, pixels, area } = region;
  const share = area / scene.inkArea;
  const inked = pixels.filter((i) => scene.ink[i] !== 0).length / area;
  const otherInked = pixels.filter((i) => scene.otherInk[i] !== 0).length / area;
  const extent = `${percent(share)} of the drawn area`;
  const reference = colourWords(region.reference);
  const candidate = colourWords(region.candidate);
  const common = { location: placeWords(box), box, severity: severityOf(share, region.depth) };
  if (inked > 0.5 && otherInked > 0.5) {
    return {
      ...common,
      category: 'style_error',
      description: `Colour differs over ${extent}: it is ${candidate}, it should be ${reference}.`,
    };
  }
  if (inked > 0.6 && otherInked < 0.4) {
    const whole = isWhole(pixels, scene.parts);
    return {
      ...common,
      category: whole ? 'structure_error' : 'shape_error',
      description: whole
        ? `An element is missing (${extent}): there should be ${reference}, there is ${candidate}.`
        : `A part of a shape is missing (${extent}): there should be ${reference}, there is ${candidate}.`,
    };
  }
  if (inked < 0.4 && otherInked > 0.6) {
    const whole = isWhole(pixels, scene.otherParts);
    return {
      ...common,
      category: whole ? 'structure_error' : 'shape_error',
      description: whole
        ? `There is an element too many (${extent}): there is ${candidate}, there should be ${reference}.`
        : `A shape reaches too far (${extent}): there is ${candidate}, there should be ${reference}.`,
    };
  }
  return {
    ...common,
    category: 'shape_error',
    description: `The outline differs (${extent}): there is ${candidate} where there should be ${reference}.`,
  };
}

/** The differing pixels make up most of the connected shapes that they belong to. */
function isWhole(pixels: readonly number[], { labels, components }: Scene['parts']): boolean {
  const touched = new Set<number>();
  for (const i of pixels) if (labels[i]) touched.add(labels[i] ?? 0);
  let area = 0;
  for (const label of touched) area += components[label - 1]?.area ?? 0;
  return pixels.length > 0.6 * area;
}

function severityOf(share: number, depth: number): Severity {
  if (depth <= 2) return share > 0.05 ? 2 : 1;
  return share > 0.15 ? 3 : share > 0.02 ? 2 : 1;
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

function count(mask: Uint8Array): number {
  return mask.reduce((sum, value) => sum + value, 0);
}

function rms(a: Pixels, b: Pixels): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return Math.sqrt(sum / Math.max(1, a.data.length)) / 255;
}
