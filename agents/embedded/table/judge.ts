import type { Renderer } from '../../../core/render.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { shapeOf, unlikeness } from '../../../tools/table/likeness.ts';
import { type Structure, type StructureCell, structureOf } from '../../../tools/table/structure.ts';
import type { TableDraft } from './draft.ts';
import { htmlOf } from './html.ts';
import type { TableReading } from './read.ts';

export interface Judged {
  readonly draft: TableDraft;
  /** How unlike the picture each cell of its render looks, 0 to 1; no reader is asked. */
  readonly cells: readonly number[];
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
    const drawn = await renderer.render({ code: htmlOf(draft), ...(signal && { signal }) });
    if (drawn.kind === 'render-failure') return undefined;
    const got = await structureOf(await pixelsOf(drawn.picture));
    if (!got) return { draft, cells: structure.cells.map(() => 1), sameGrid: false };
    const places = new Map(got.cells.map((cell) => [placeOf(cell), cell]));
    const cells = structure.cells.map((cell, index) => {
      const other = places.get(placeOf(cell));
      return other ? unlikeness(shapes[index] ?? [], shapeOf(got.scan.ink, got.scan.capHeight, other)) : 1;
    });
    return { draft, cells, sameGrid: isSameGrid(structure, got) };
  };
}

function isSameGrid(a: Structure, b: Structure): boolean {
  const places = new Set(b.cells.map(placeOf));
  return a.cells.length === b.cells.length && a.cells.every((cell) => places.has(placeOf(cell)));
}

function placeOf({ row, column, rowspan, colspan }: StructureCell): string {
  return `${row} ${column} ${rowspan} ${colspan}`;
}
