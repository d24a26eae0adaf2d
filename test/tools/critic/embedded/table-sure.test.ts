import { expect, it } from 'vitest';
import type { Side } from '../../../../tools/critic/embedded/table/side.ts';
import { surelySame } from '../../../../tools/critic/embedded/table/sure.ts';
import type { StructureCell } from '../../../../tools/table/structure.ts';

const cell: StructureCell = {
  row: 0,
  column: 0,
  rowspan: 1,
  colspan: 1,
  head: false,
  area: { left: 0, right: 9, top: 0, bottom: 9 },
  pieces: [],
};

/** A side whose cells are read so, by each way of reading. */
function side(...readings: readonly [text: string, confidence: number][]): Pick<Side, 'reader'> {
  return {
    reader: {
      async read(_, way = 0) {
        const [text = '', confidence = 0] = readings[way] ?? readings[0] ?? [];
        return { text, confidence };
      },
    },
  };
}

it.each([
  [true, side(['Creatinine', 0.96]), side(['Creatinine', 0.95])],
  [false, side(['Creatinine', 0.96]), side(['Creatinine', 0.96], ['Creatinlne', 0.96])],
  [false, side(['Creatinine', 0.96]), side(['Creatinine', 0.96], ['Creatinine', 0.7])],
  [false, side(['Oslo 38', 0.96]), side(['Oslo 38', 0.96])],
  [false, side(['n/a', 0.96]), side(['n/a', 0.96])],
])('is sure of words that all readings of both have: %s', async (sure, a, b) => {
  expect(await surelySame([a, b], cell, cell)).toBe(sure);
});
