import type { CellLook } from '../../../tools/table/look.ts';
import type { Span } from '../../../tools/table/spans.ts';

/** One cell of a draft. */
export interface DraftCell extends Span {
  readonly head: boolean;
  readonly text: string;
  readonly look: CellLook;
}

/** The letters of a table's body. */
export interface TableFont {
  /** As CSS lists families, with single quotes. */
  readonly css: string;
  /** Size in pixels of the picture that was read. */
  readonly em: number;
}

/** A table that is about to be written as code. */
export interface TableDraft {
  readonly rows: number;
  readonly columns: number;
  readonly headRows: number;
  /** Left out where it was not found. */
  readonly font?: TableFont;
  /** In reading order. */
  readonly cells: readonly DraftCell[];
}
