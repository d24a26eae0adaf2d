import type { Change, Operator } from '../damage.ts';
import { shuffled } from '../random.ts';
import type { Part, SvgSource } from './source.ts';
import { nameOf, placeOf } from './words.ts';

export type SvgOperator = Operator<SvgSource>;

/** What is done to one part, said without its name and place. */
export type PartChange = Pick<Change, 'severity' | 'edits'> & {
  /** Follows `The red circle`, e.g. ` is missing.` */
  readonly says: string;
  readonly touches?: readonly string[];
};

/** An operator that changes one part at a time, parts in random order; those for which `change` has none are left. */
export function partOperator(
  info: Omit<SvgOperator, 'propose'>,
  change: (part: Part, source: SvgSource, random: () => number) => PartChange | undefined,
): SvgOperator {
  return {
    ...info,
    *propose(source, random) {
      for (const part of shuffled(random, source.parts)) {
        const made = change(part, source, random);
        if (!made) continue;
        const { says, touches = [], ...rest } = made;
        yield {
          ...rest,
          location: placeOf(part, source),
          description: `The ${nameOf(part, source)}${says}`,
          ...(part.box && { box: part.box }),
          touches: [keyOf(part), ...touches],
        };
      }
    },
  };
}

export function keyOf({ start }: Part): string {
  return `part at ${start}`;
}

/** Covers the whole picture, so that it cannot be seen to move, grow or turn. */
export function isGround({ box }: Part): boolean {
  return box !== undefined && box[2] > 0.95 && box[3] > 0.95;
}
