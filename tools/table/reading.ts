import type { Ocr } from '../ocr/ocr.ts';
import type { Structure, StructureCell } from './structure.ts';
import { type CellReading, type CellText, firstReading, readCell } from './text.ts';

/** Reads cells of one table, each way of reading once. */
export interface CellReader {
  /** The reading to begin with, one of smaller and one of larger letters, and one that knows but numbers. */
  read(cell: StructureCell, way?: Way): Promise<CellText>;
}

export type Way = 0 | 1 | 2 | 3;

/** Heights of capitals, in pixels: readers differ most where letters are small or large. */
const ways: readonly CellReading[] = [
  firstReading,
  { ...firstReading, height: 21 },
  { ...firstReading, height: 42 },
  { ...firstReading, characters: '0123456789.,-+()%<>$/ ' },
];

export function cellReader({ scan }: Structure, ocr: Ocr, signal?: AbortSignal): CellReader {
  const known = ways.map(() => new Map<StructureCell, Promise<CellText>>());
  return {
    read(cell, way = 0) {
      const done = known[way]?.get(cell);
      if (done) return done;
      const text = readCell(cell, ways[way] ?? firstReading, {
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
