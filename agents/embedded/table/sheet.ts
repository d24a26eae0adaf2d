import type { Renderer } from '../../../core/render.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import type { Ink } from '../../../tools/table/ink.ts';
import { type CellShape, shapeOf } from '../../../tools/table/likeness.ts';
import { coverage, cutsOf } from '../../../tools/table/lines.ts';
import type { CellLook } from '../../../tools/table/look.ts';
import type { Scan } from '../../../tools/table/scan.ts';
import { scannedOf } from '../../../tools/table/structure.ts';
import { boundsOf, type Word } from '../../../tools/table/words.ts';
import type { TableDraft } from './draft.ts';
import { escapeHtml } from './html.ts';

/** A text to draw, and its CSS. */
export interface Sample {
  readonly text: string;
  readonly style: string;
}

/** As a cell of the draft is set. */
export function styleOf(
  { look }: { readonly look: Pick<CellLook, 'bold'> },
  { font }: Pick<TableDraft, 'font'>,
): string {
  const size = Math.max(6, Math.round(font?.em ?? 14));
  return `font:${look.bold ? 'bold ' : ''}${size}px ${font?.css ?? 'Arial, sans-serif'}`;
}

/** How a text looks when it is drawn. */
export interface Drawn {
  readonly shape: CellShape;
  readonly words: readonly Word[];
  readonly ink: Ink;
  /** Pixels of the ink for one that was drawn. */
  readonly enlarged: number;
}

/**
 * Draws texts in rows and columns, all in one picture, and gives back how each looks; undefined for a text
 * that left no ink, and for all when the sheet does not render.
 */
export async function drawnTexts(
  rows: readonly (readonly Sample[])[],
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<(Drawn | undefined)[][]> {
  const sheet = await drawnSheet(rows, renderer, signal);
  return rows.map((row, r) =>
    row.map((_, c) => {
      const words = sheet?.words[r]?.[c] ?? [];
      if (!sheet || words.length === 0) return undefined;
      const { scan, enlarged } = sheet;
      const piece = { ...boundsOf(words), first: 0, last: 0, words };
      const shape = shapeOf(scan.ink, scan.capHeight, { pieces: [piece] });
      return { shape, words, ink: scan.ink, enlarged };
    }),
  );
}

/** A sheet of texts as it was drawn. */
export interface Sheet {
  readonly scan: Scan;
  /** Pixels of the scan for one of the picture. */
  readonly enlarged: number;
  /** The words of each text, from left to right. */
  readonly words: readonly (readonly (readonly Word[])[])[];
}

/** Draws texts in rows and columns; undefined when the sheet does not render as it should. */
export async function drawnSheet(
  rows: readonly (readonly Sample[])[],
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Sheet | undefined> {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const code = `<table style="white-space:pre">${rows.map((row) => rowOf(row, columns)).join('')}</table>`;
  const result = await renderer.render({ code, ...(signal && { signal }) });
  if (result.kind === 'render-failure') return undefined;
  const scanned = await scannedOf(await pixelsOf(result.picture));
  if (!scanned) return undefined;
  const { scan, pixels } = scanned;
  const long = (axis: 'horizontal' | 'vertical') => {
    const own = scan.rulings.filter((ruling) => ruling.axis === axis);
    const [from, to] = [Math.min(...own.map((one) => one.from)), Math.max(...own.map((one) => one.to))];
    const inset = 0.1 * (to - from);
    return cutsOf(own, 3).filter((cut) => coverage(cut, { from: from + inset, to: to - inset }) > 0.9);
  };
  const [levels, walls] = [long('horizontal'), long('vertical')];
  if (levels.length !== rows.length + 1 || walls.length !== columns + 1) return undefined;
  const words = rows.map((row, r) =>
    row.map((_, c) => {
      const [top = 0, bottom = 0] = [levels[r]?.at, levels[r + 1]?.at];
      const [left = 0, right = 0] = [walls[c]?.at, walls[c + 1]?.at];
      return scan.words
        .filter((word) => {
          const [x, y] = [(word.left + word.right) / 2, (word.top + word.bottom) / 2];
          return x > left && x < right && y > top && y < bottom;
        })
        .sort((a, b) => a.left - b.left);
    }),
  );
  return { scan, enlarged: pixels.width / result.picture.width, words };
}

function rowOf(row: readonly Sample[], columns: number): string {
  const cells = row.map(({ text, style }) => `<td style="${style}">${escapeHtml(text)}</td>`);
  return `<tr>${cells.join('')}${'<td></td>'.repeat(columns - row.length)}</tr>`;
}
