import type { Discrepancy, Severity } from '../../../../core/discrepancy.ts';
import { unlikeness } from '../../../table/likeness.ts';
import { isNumeric, plainText, textSimilarity } from '../../../table/same-text.ts';
import type { StructureCell } from '../../../table/structure.ts';
import type { Match } from './match.ts';
import { boxOf, placeOf, shorten } from './place.ts';
import { ownerAt, type Side } from './side.ts';
import { smallPairs } from './small.ts';
import { surelySame } from './sure.ts';

/** Two cells that belong together, with how unlike they look, 0 to 1. */
export interface CellPair {
  readonly reference: number;
  readonly candidate: number;
  readonly unlike: number;
}

/** The pairs of cells of matched rows and columns, each once. */
export function cellPairs(reference: Side, candidate: Side, { rows, columns }: Match): CellPair[] {
  const seen = new Set<string>();
  return [...rows.pairs, ...rows.moved].flatMap(([rowA, rowB]) =>
    [...columns.pairs, ...columns.moved].flatMap(([columnA, columnB]) => {
      const [a, b] = [ownerAt(reference, rowA, columnA), ownerAt(candidate, rowB, columnB)];
      const key = `${a} ${b}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const [shapeA = [], shapeB = []] = [reference.shapes[a], candidate.shapes[b]];
      return [{ reference: a, candidate: b, unlike: unlikeness(shapeA, shapeB) }];
    }),
  );
}

/** Cells whose text or number differs, by every way of reading both. */
export async function contentFindings(
  reference: Side,
  candidate: Side,
  pairs: readonly CellPair[],
): Promise<Discrepancy[]> {
  const { odd, alike } = comparedToUsual(reference, pairs);
  const small = smallPairs(reference, candidate, pairs);
  // A joined cell belongs to several: what it says is compared with all of them together.
  const findings = await Promise.all(
    groupsOf(pairs).map(async (group) => {
      const wanted = textOf(
        reference,
        group.map((pair) => pair.reference),
      );
      const got = textOf(
        candidate,
        group.map((pair) => pair.candidate),
      );
      const cell = reference.structure.cells[group[0]?.reference ?? -1];
      const otherwise = group.some((pair) => small?.odd.has(pair));
      const looksOdd = (group.length === 1 && group.some((pair) => odd.has(pair))) || otherwise;
      if (small && group.every((pair) => small.alike.has(pair))) return [];
      const other = candidate.structure.cells[group[0]?.candidate ?? -1];
      const single = group.length === 1 && looksOdd && cell && other;
      if (single && (await surelySame([reference, candidate], cell, other))) return [];
      const looksAlike = group.every((pair) => alike.has(pair));
      if (!cell || (!looksOdd && (await agree(reference, candidate, group, looksAlike)))) return [];
      const joint = joinedWith(reference, candidate, pairs, group);
      if (joint) return joint === 'first' ? [joinFinding(reference, cell)] : [];
      const category = isNumeric(wanted === '' ? got : wanted) ? 'numeric_error' : 'text_error';
      const finding: Discrepancy = {
        category,
        severity: otherwise
          ? atLeast(category === 'numeric_error' ? 3 : 2, severityOf(wanted, got, category))
          : severityOf(wanted, got, category),
        location: placeOf(reference, cell.row, cell.column),
        description: describe(wanted, got),
        box: boxOf(reference, cell.area),
      };
      return [finding];
    }),
  );
  return findings.flat();
}

/** Tables are set alike when the usual pair of cells is less unlike than this. */
const SET_ALIKE = 0.25;
/** Where tables are set alike, cells that are so much more unlike than usual differ, whatever was read. */
const ODD = 0.3;
/** Texts shorter than this, in capital heights, look like little at all. */
const SHORT = 1.6;

/**
 * Pairs that look unlike among others that look alike, and those that look as the others do. The same reader on
 * both sides makes the same mistakes on both, so that its word alone would let the former pass.
 */
function comparedToUsual(
  reference: Side,
  pairs: readonly CellPair[],
): { readonly odd: ReadonlySet<CellPair>; readonly alike: ReadonlySet<CellPair> } {
  const wide = ({ reference: cell }: CellPair) =>
    (reference.shapes[cell] ?? []).reduce((sum, shape) => sum + shape.wide, 0);
  const filled = pairs.filter((pair) => wide(pair) >= SHORT);
  const usual = filled.map(({ unlike }) => unlike).sort((a, b) => a - b)[filled.length >> 1] ?? 1;
  if (usual > SET_ALIKE || filled.length < 6) return { odd: new Set(), alike: new Set() };
  return {
    odd: new Set(filled.filter(({ unlike }) => unlike > usual + ODD)),
    alike: new Set(pairs.filter(({ unlike }) => unlike <= usual + ODD)),
  };
}

/**
 * Where no line parts cells, joined ones show by their text: the first says what both should, the second
 * nothing; or the other way round.
 */
function joinedWith(
  reference: Side,
  candidate: Side,
  pairs: readonly CellPair[],
  group: readonly CellPair[],
): 'first' | 'second' | undefined {
  const [pair] = group;
  const cell = pair && reference.structure.cells[pair.reference];
  if (!pair || !cell || group.length > 1) return undefined;
  const beside = (step: number) =>
    pairs.find(({ reference: index }) => {
      const other = reference.structure.cells[index];
      return other?.row === cell.row && other.column === cell.column + step;
    });
  const isJoint = (one: CellPair, two: CellPair) => {
    const [a = '', b = ''] = [reference.plain[one.reference], reference.plain[two.reference]];
    const [p = '', q = ''] = [candidate.plain[one.candidate], candidate.plain[two.candidate]];
    const both = a !== '' && b !== '' && (p === '' || q === '') && p + q === a + b;
    return both || (p !== '' && q !== '' && (a === '' || b === '') && p + q === a + b);
  };
  const [after, before] = [beside(cell.colspan), beside(-1)];
  if (after && isJoint(pair, after)) return 'first';
  return before && isJoint(before, pair) ? 'second' : undefined;
}

function joinFinding(reference: Side, cell: StructureCell): Discrepancy {
  return {
    category: 'layout_error',
    severity: 2,
    location: placeOf(reference, cell.row, cell.column),
    description: 'What stands in this cell and the next is parted otherwise: cells are joined or split.',
    box: boxOf(reference, cell.area),
  };
}

/** Pairs that share a cell, together. */
function groupsOf(pairs: readonly CellPair[]): CellPair[][] {
  const groups: CellPair[][] = [];
  const byCell = new Map<string, CellPair[]>();
  for (const pair of pairs) {
    const keys = [`a${pair.reference}`, `b${pair.candidate}`];
    const [first, second] = keys.map((key) => byCell.get(key));
    const group = first ?? second ?? [];
    if (first && second && first !== second) {
      first.push(...second);
      groups.splice(groups.indexOf(second), 1);
      for (const [key, value] of byCell) if (value === second) byCell.set(key, first);
    } else if (!first && !second) groups.push(group);
    group.push(pair);
    for (const key of keys) byCell.set(key, group);
  }
  return groups;
}

function textOf({ texts }: Side, cells: readonly number[]): string {
  return [...new Set(cells)]
    .sort((a, b) => a - b)
    .map((cell) => texts[cell] ?? '')
    .filter((text) => text !== '')
    .join(' ');
}

/** Cells that look this much alike say the same, whatever the reader makes of them. */
const ALIKE = 0.08;
/** Without a reader, cells that look less alike than this differ. */
const DIFFERENT = 0.55;

/** Capitals lower than this many pixels are too small to tell a comma from a point. */
const SMALL = 12;
/** Capitals lower than this many pixels are too small to read signs, and letters only just. */
const TINY = 9;
/** Tiny texts that look this much alike differ by the reader's mistakes. */
const ALIKE_TINY = 0.35;

/** Some reading of the one is some reading of the other. */
async function agree(
  reference: Side,
  candidate: Side,
  group: readonly CellPair[],
  looksAlike: boolean,
): Promise<boolean> {
  const unlike = Math.max(...group.map((pair) => pair.unlike));
  if (unlike < ALIKE) return true;
  const { reader: first } = reference;
  const { reader: second } = candidate;
  if (!first || !second) return unlike < DIFFERENT;
  const cellsOf = (side: Side, indices: readonly number[]) =>
    [...new Set(indices)].sort((a, b) => a - b).flatMap((index) => side.structure.cells[index] ?? []);
  const wanted = cellsOf(
    reference,
    group.map((pair) => pair.reference),
  );
  const got = cellsOf(
    candidate,
    group.map((pair) => pair.candidate),
  );
  const height = Math.min(...[reference, candidate].map((side) => side.structure.scan.capHeight));
  const read = async (cells: typeof wanted, reader: typeof first, way: 0 | 1 | 2) => {
    const texts = await Promise.all(cells.map((cell) => reader.read(cell, way)));
    return comparable(texts.map(({ text }) => text).join(''), height);
  };
  const seen = { wanted: new Set<string>(), got: new Set<string>() };
  for (const way of [0, 1, 2] as const) {
    const [a, b] = await Promise.all([read(wanted, first, way), read(got, second, way)]);
    seen.wanted.add(a);
    seen.got.add(b);
    if (seen.got.has(a) || seen.wanted.has(b)) return true;
    // A point that the reader lost on one side shows where the cells look otherwise.
    if (looksAlike && withoutMarks(a) === withoutMarks(b)) return true;
    if (height < TINY && unlike < ALIKE_TINY && textSimilarity(a, b) > 0.3) return true;
  }
  return false;
}

function withoutMarks(text: string): string {
  return text.replace(/[.,]/g, '');
}

/** Of an empty cell; its slash is easily lost. */
const NOT_AVAILABLE = /^n1?a$/;
/** A dash alone, which says the same; a reader may take it for a point. */
const DASH = /^[-–—_.~]$/;

function comparable(text: string, height: number): string {
  const read = plainText(text);
  const plain = NOT_AVAILABLE.test(read) ? 'n/a' : DASH.test(read) ? '-' : read;
  if (height >= SMALL) return plain;
  const signless = height < TINY ? plain.replace(/[^\p{L}\p{N}%<>]/gu, '') : plain.replaceAll(',', '.');
  return signless === '' ? '-' : signless;
}

/** A number that is off misleads; text that is a little off does not. The table is in docs/embedded.md. */
function severityOf(wanted: string, got: string, category: 'numeric_error' | 'text_error'): Severity {
  if (plainText(wanted) === plainText(got)) return 1;
  if (category === 'numeric_error') {
    if (wanted === '' || got === '') return 3;
    const [a, b] = [wanted, got].map((text) => Number(text.replace(/[^\d.+-]/g, '')));
    if (a === undefined || b === undefined || Number.isNaN(a) || Number.isNaN(b)) return 2;
    if (a === b) return 1;
    return Math.abs(a - b) > 0.01 * Math.abs(a) ? 3 : 2;
  }
  const similarity = textSimilarity(plainText(wanted), plainText(got));
  if (similarity >= 0.75) return 1;
  return similarity >= 0.35 || wanted === '' || got === '' ? 2 : 3;
}

function atLeast(least: Severity, severity: Severity): Severity {
  return severity < least ? least : severity;
}

function describe(wanted: string, got: string): string {
  if (got === '') return `The cell is empty, it should read "${shorten(wanted)}".`;
  if (wanted === '') return `The cell reads "${shorten(got)}", it should be empty.`;
  if (wanted === got)
    return `The text looks different: it should read "${shorten(wanted)}" as the reference shows it.`;
  return `The cell reads "${shorten(got)}", it should read "${shorten(wanted)}".`;
}
