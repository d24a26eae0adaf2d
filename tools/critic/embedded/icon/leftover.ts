import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { Region } from '../regions.ts';
import { colourWords, percent, placeWords } from '../words.ts';
import { bySize } from './severity.ts';

/** What the two pictures draw on. */
export interface Inks {
  /** Non-zero where the reference, and the candidate, are not their ground. */
  readonly ink: Uint8Array;
  readonly otherInk: Uint8Array;
  /** Pixels that are drawn on in the reference. */
  readonly drawn: number;
}

/** A place that differs though no element explains it, told by what is seen there. */
export function describeRegion(region: Region, { ink, otherInk, drawn }: Inks): Discrepancy {
  const { box, pixels, area, depth } = region;
  const share = area / drawn;
  const inked = pixels.filter((i) => ink[i] !== 0).length / area;
  const otherInked = pixels.filter((i) => otherInk[i] !== 0).length / area;
  const extent = `${percent(share)} of the drawn area`;
  const [reference, candidate] = [colourWords(region.reference), colourWords(region.candidate)];
  // A sliver along an edge weighs little, however long it is.
  const severity = depth <= 2 && share < 0.1 ? 1 : bySize(share);
  const common = { location: placeWords(box), box, severity };
  if (inked > 0.5 && otherInked > 0.5) {
    const description = `Colour differs over ${extent}: it is ${candidate}, it should be ${reference}.`;
    return { ...common, category: 'style_error', description };
  }
  const description =
    inked > 0.6 && otherInked < 0.4
      ? `A part of a shape is missing (${extent}): there should be ${reference}, there is ${candidate}.`
      : inked < 0.4 && otherInked > 0.6
        ? `A shape reaches too far (${extent}): there is ${candidate}, there should be ${reference}.`
        : `The outline differs (${extent}): there is ${candidate} where there should be ${reference}.`;
  return { ...common, category: 'shape_error', description };
}
