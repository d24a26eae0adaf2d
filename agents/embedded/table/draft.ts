import type { CellLook } from '../../../tools/table/look.ts';
import type { Span } from '../../../tools/table/spans.ts';

/** One cell of a draft. */
export interface DraftCell extends Span {
  readonly head: boolean;
  readonly text: string;
  readonly look: CellLook;
}

/** A table that is about to be written as code. */
export interface TableDraft {
  readonly rows: number;
  readonly columns: number;
  readonly headRows: number;
  /** In reading order. */
  readonly cells: readonly DraftCell[];
}
