import type { Renderer } from '../../../core/render.ts';
import { coverOf } from '../../../tools/table/cover.ts';
import { type Inks, misfit, type Usual } from '../../../tools/table/covers.ts';
import { type Area, boundsOf } from '../../../tools/table/words.ts';
import { drawnTexts, type Sample } from './sheet.ts';

/** A word of the picture and what it may be. */
export interface Spelt {
  readonly area: Area;
  readonly spellings: readonly string[];
  /** As CSS. */
  readonly style: string;
}

export interface CoverParts {
  readonly seen: Inks;
  /** Pixels of the scan for one of the picture. */
  readonly enlarged: number;
  readonly usual: Usual;
  readonly renderer: Renderer;
  readonly signal?: AbortSignal;
}

/** Samples in one row of the sheet. */
const ROW = 12;

/**
 * How ill each spelling of each word covers it, drawn in the table's own font.
 * @param phases where between two pixels words are made to begin: letters look a little otherwise at each, and the best counts
 */
export async function coverSpellings(
  words: readonly Spelt[],
  phases: readonly number[],
  { seen, enlarged, usual, renderer, signal }: CoverParts,
): Promise<number[][]> {
  const samples = words.flatMap(({ spellings, style }) =>
    spellings.flatMap((text) =>
      phases.map(
        (phase): Sample => ({ text, style: phase === 0 ? style : `${style};text-indent:${phase}px` }),
      ),
    ),
  );
  if (samples.length === 0) return [];
  const rows = Array.from({ length: Math.ceil(samples.length / ROW) }, (_, row) =>
    samples.slice(row * ROW, (row + 1) * ROW),
  );
  const drawn = (await drawnTexts(rows, renderer, signal)).flat();
  let next = 0;
  return words.map(({ area, spellings }) =>
    spellings.map(() =>
      Math.min(
        ...phases.map(() => {
          const one = drawn[next++];
          if (!one) return Infinity;
          const capHeight = (seen.capHeight * one.enlarged) / enlarged;
          const cover = coverOf({ ...seen, area }, { ink: one.ink, area: boundsOf(one.words), capHeight });
          return misfit(cover, usual, seen.capHeight / enlarged);
        }),
      ),
    ),
  );
}
