import type { Renderer } from '../../../core/render.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { coversOf, misfit, type Usual, usualOf, wordsOf } from '../../../tools/table/covers.ts';
import { shapeOf, unlikeness } from '../../../tools/table/likeness.ts';
import { type Structure, type StructureCell, structureOf } from '../../../tools/table/structure.ts';
import type { TableDraft } from './draft.ts';
import { htmlOf } from './html.ts';
import type { TableReading } from './read.ts';

export interface Judged {
  readonly draft: TableDraft;
  /** How unlike the picture each cell of its render looks, 0 to 1; no reader is asked. */
  readonly cells: readonly number[];
  /** How ill the words of each cell are covered by those drawn, beyond what is usual; undefined where unknown. */
  readonly misfits: readonly (readonly number[] | undefined)[];
  readonly usual: Usual;
  /** The render's rows, columns and joined cells are those of the picture. */
  readonly sameGrid: boolean;
}

export type Judge = (draft: TableDraft) => Promise<Judged | undefined>;

/** Renders drafts as HTML and compares their cells with those of the picture by their looks; undefined where one does not render. */
export function tableJudge(
  { structure, shapes }: TableReading,
  renderer: Renderer,
  signal?: AbortSignal,
): Judge {
  return async (draft) => {
    signal?.throwIfAborted();
    const drawn = await renderer.render({ code: htmlOf(withoutColours(draft)), ...(signal && { signal }) });
    if (drawn.kind === 'render-failure') return undefined;
    const got = await structureOf(await pixelsOf(drawn.picture));
    if (!got) return unlikeAll(draft, structure);
    const places = new Map(got.cells.map((cell) => [placeOf(cell), cell]));
    const cells = structure.cells.map((cell, index) => {
      const other = places.get(placeOf(cell));
      return other ? unlikeness(shapes[index] ?? [], shapeOf(got.scan.ink, got.scan.capHeight, other)) : 1;
    });
    const seen = structure.scan;
    // Both are drawn in letters of one size, so that their pixels can be compared, whatever the heights come out as.
    const drawnAt = { ...got.scan, capHeight: (seen.capHeight * got.enlarged) / structure.enlarged };
    const covers = structure.cells.map((cell) => {
      const other = places.get(placeOf(cell));
      return other && coversOf(cell, seen, wordsOf(other), drawnAt);
    });
    const usual = usualOf(covers.flatMap((one) => one ?? []));
    const pixels = seen.capHeight / structure.enlarged;
    const misfits = covers.map((words) => words?.map((one) => misfit(one, usual, pixels)));
    return { draft, cells, misfits, usual, sameGrid: isSameGrid(structure, got) };
  };
}

/** Dark grounds hide the render's lines, and letters are compared by their ink alone. */
function withoutColours(draft: TableDraft): TableDraft {
  const cells = draft.cells.map(({ look: { align, bold }, ...cell }) => ({ ...cell, look: { align, bold } }));
  return { ...draft, cells };
}

/** The render shows no table: nothing is as it should be. */
function unlikeAll(draft: TableDraft, { cells }: Structure): Judged {
  return {
    draft,
    cells: cells.map(() => 1),
    misfits: cells.map(() => undefined),
    usual: usualOf([]),
    sameGrid: false,
  };
}

function isSameGrid(a: Structure, b: Structure): boolean {
  const places = new Set(b.cells.map(placeOf));
  return a.cells.length === b.cells.length && a.cells.every((cell) => places.has(placeOf(cell)));
}

function placeOf({ row, column, rowspan, colspan }: StructureCell): string {
  return `${row} ${column} ${rowspan} ${colspan}`;
}
