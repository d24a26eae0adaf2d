import type { Ocr } from '../ocr/ocr.ts';
import type { Structure, StructureCell } from './structure.ts';
import { type CellText, firstReading, readCell } from './text.ts';

/** Reads cells of one table, each way of reading once. */
export interface CellReader {
  /** The reading to begin with, and one of smaller and one of larger letters where asked for. */
  read(cell: StructureCell, way?: 0 | 1 | 2): Promise<CellText>;
}

/** Heights of capitals, in pixels: readers differ most where letters are small or large. */
const HEIGHTS = [firstReading.height, 21, 42] as const;

export function cellReader({ scan }: Structure, ocr: Ocr, signal?: AbortSignal): CellReader {
  const known = HEIGHTS.map(() => new Map<StructureCell, Promise<CellText>>());
  return {
    read(cell, way = 0) {
      const done = known[way]?.get(cell);
      if (done) return done;
      const reading = { ...firstReading, height: HEIGHTS[way] };
      const text = readCell(cell, reading, {
        ocr,
        ink: scan.ink,
        lettering: scan,
        ...(signal && { signal }),
      });
      known[way]?.set(cell, text);
      return text;
    },
  };
}
