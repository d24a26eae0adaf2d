import { coversOf, misfit, usualOf, wordsOf } from '../../../table/covers.ts';
import type { Side } from './side.ts';

/** Capitals lower than this many pixels of the picture let readers guess. */
const LOW = 9;
/** Words are usually covered worse than this where the candidate's font is another. */
const OTHER_FONT = 0.3;
/** What covers so much less closely than usual says something else; what covers about as closely says the same. */
const [ODD, ALIKE] = [0.22, 0.13];

interface Pair {
  readonly reference: number;
  readonly candidate: number;
}

/**
 * Which pairs of cells say something else, and which the same, by how closely their words cover each other: small
 * letters are read wrong on both sides, but are drawn alike where they are the same. Undefined where letters are large
 * enough to be read, or set in another font.
 */
export function smallPairs<CellPair extends Pair>(
  { structure: a }: Side,
  { structure: b }: Side,
  pairs: readonly CellPair[],
): { readonly odd: ReadonlySet<CellPair>; readonly alike: ReadonlySet<CellPair> } | undefined {
  const [wanted, got] = [a.scan.capHeight / a.enlarged, b.scan.capHeight / b.enlarged];
  // The smaller of the two is what was guessed at.
  const pixels = Math.min(wanted, got);
  if (pixels >= LOW) return undefined;
  const covered = pairs.flatMap((pair) => {
    const [cell, other] = [a.cells[pair.reference], b.cells[pair.candidate]];
    const covers = cell && other && coversOf(cell, a.scan, wordsOf(other), b.scan);
    return covers ? [{ pair, covers }] : [];
  });
  const usual = usualOf(covered.flatMap(({ covers }) => covers));
  if (covered.length < 6 || usual.worst > OTHER_FONT) return undefined;
  const worst = covered.map(({ pair, covers }) => ({
    pair,
    unfit: Math.max(...covers.map((cover) => misfit(cover, usual, pixels))),
  }));
  return {
    // What was made smaller covers large letters less closely, though it says the same.
    odd: new Set((wanted < LOW ? worst : []).flatMap(({ pair, unfit }) => (unfit > ODD ? [pair] : []))),
    alike: new Set(worst.flatMap(({ pair, unfit }) => (unfit < ALIKE ? [pair] : []))),
  };
}
