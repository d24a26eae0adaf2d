import type { StructureCell } from '../../../table/structure.ts';
import type { Side } from './side.ts';

/** Words of so many letters are read by the language as well as by their looks. */
const WORD = /^[^\d]*\p{L}{4}[^\d]*$/u;
/** The reader is sure from here. */
const SURE = 0.9;

/**
 * Whether two cells say the same words for sure: every reading of both has them, and is sure. Then letters only look
 * otherwise, as those of other fonts do. Digits are never sure, as no word tells which of them must stand there.
 */
export async function surelySame(
  [a, b]: readonly [Pick<Side, 'reader'>, Pick<Side, 'reader'>],
  cell: StructureCell,
  other: StructureCell,
): Promise<boolean> {
  const readings = await Promise.all(
    ([0, 1, 2] as const).flatMap((way) => [a.reader?.read(cell, way), b.reader?.read(other, way)]),
  );
  const [first] = readings;
  return (
    first !== undefined &&
    WORD.test(first.text) &&
    readings.every((one) => one !== undefined && one.text === first.text && one.confidence >= SURE)
  );
}
