import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { StructureCell } from '../../../table/structure.ts';
import type { Match } from './match.ts';
import { bandArea, boxOf, columnName, placeOf, rowName, shorten } from './place.ts';
import { ownerAt, placesOf, type Side } from './side.ts';

/** Rows and columns that are lost, added or moved, and cells that are joined or parted otherwise. */
export function layoutFindings(reference: Side, candidate: Side, match: Match): Discrepancy[] {
  return [
    ...bands(reference, candidate, match, 'row'),
    ...bands(reference, candidate, match, 'column'),
    ...spans(reference, candidate, match),
  ];
}

function bands(reference: Side, candidate: Side, match: Match, axis: 'row' | 'column'): Discrepancy[] {
  const { missing, extra, moved, pairs } = axis === 'row' ? match.rows : match.columns;
  const nameOf = axis === 'row' ? rowName : columnName;
  const common = { category: 'layout_error' } as const;
  const at = (index: number) => ({
    location: nameOf(reference, index),
    box: boxOf(reference, bandArea(reference, axis, index)),
  });
  const last = (axis === 'row' ? reference.structure.rows : reference.structure.columns) - 1;
  return [
    ...missing.map(
      (index): Discrepancy => ({
        ...common,
        ...at(index),
        severity: 3,
        description: `The ${axis} is missing: ${nameOf(reference, index)} should stand here.`,
      }),
    ),
    ...extra.map((index): Discrepancy => {
      const before = pairs.findLast(([, b]) => b < index)?.[0] ?? 0;
      return {
        ...common,
        ...at(Math.min(last, before)),
        severity: 3,
        description: `There is a ${axis} too many: ${nameOf(candidate, index)} is not in the reference.`,
      };
    }),
    ...moved.map(
      ([a, b]): Discrepancy => ({
        ...common,
        ...at(a),
        severity: 2,
        description: `The ${axis} stands in another place: it is number ${b + 1}, it should be number ${a + 1}.`,
      }),
    ),
  ];
}

/** A cell's reach is sure where rulings draw it or its text reaches over; else it was only inferred. */
function isSure({ layout }: Side['structure'], { pieces }: StructureCell): boolean {
  return layout.lattice || pieces.some(({ first, last }) => last > first);
}

function spans(reference: Side, candidate: Side, { rows, columns }: Match): Discrepancy[] {
  const toRow = new Map([...rows.pairs, ...rows.moved]);
  const toColumn = new Map([...columns.pairs, ...columns.moved]);
  const found: Discrepancy[] = [];
  const told = new Set<number>();
  reference.structure.cells.forEach((cell, index) => {
    const owners = new Set(
      placesOf(cell).flatMap(({ row, column }) => {
        const [a, b] = [toRow.get(row), toColumn.get(column)];
        return a === undefined || b === undefined ? [] : [ownerAt(candidate, a, b)];
      }),
    );
    const filled = [...owners].filter((owner) => (candidate.structure.cells[owner]?.pieces.length ?? 0) > 0);
    // Only where lines or text say so is a cell's reach beyond doubt.
    if (owners.size > 1 && (isSure(reference.structure, cell) || filled.length > 1)) {
      found.push(
        spanFinding(reference, index, `Cells that are one are parted: it should span ${spanWords(cell)}.`),
      );
      told.add(index);
    }
  });
  const fromRow = new Map([...rows.pairs, ...rows.moved].map(([a, b]) => [b, a]));
  const fromColumn = new Map([...columns.pairs, ...columns.moved].map(([a, b]) => [b, a]));
  for (const cell of candidate.structure.cells) {
    const owners = new Set(
      placesOf(cell).flatMap(({ row, column }) => {
        const [a, b] = [fromRow.get(row), fromColumn.get(column)];
        return a === undefined || b === undefined ? [] : [ownerAt(reference, a, b)];
      }),
    );
    const [first, ...others] = [...owners].sort((a, b) => a - b);
    if (first === undefined || others.length === 0 || told.has(first)) continue;
    const filled = [...owners].filter((owner) => (reference.structure.cells[owner]?.pieces.length ?? 0) > 0);
    if (!reference.structure.layout.lattice && filled.length < 2) continue;
    const texts = filled.map((owner) => `"${shorten(reference.texts[owner] ?? '')}"`).join(', ');
    found.push(
      spanFinding(
        reference,
        first,
        `Cells that stand apart are joined into one${texts === '' ? '' : `: ${texts}`}.`,
      ),
    );
  }
  return found;
}

function spanWords({ rowspan, colspan }: StructureCell): string {
  const words = (count: number, name: string) => (count > 1 ? [`${count} ${name}s`] : []);
  return [...words(colspan, 'column'), ...words(rowspan, 'row')].join(' and ');
}

function spanFinding(reference: Side, index: number, description: string): Discrepancy {
  const cell = reference.structure.cells[index];
  const [row, column] = [cell?.row ?? 0, cell?.column ?? 0];
  return {
    category: 'layout_error',
    severity: 2,
    location: placeOf(reference, row, column),
    description,
    ...(cell && { box: boxOf(reference, cell.area) }),
  };
}
