/** Hits, false alarms and misses; a partial match is no hard hit and half a soft one, and neither alarm nor miss. */
export interface Counts {
  readonly tp_hard: number;
  readonly tp_soft: number;
  readonly fp: number;
  readonly fn: number;
}

export interface CountedF1 extends Counts {
  readonly f1_hard: number;
  readonly f1_soft: number;
}

/** F1 from counts. Of nothing at all the hard one is 1 (nothing to find, nothing found), the soft one 0. */
export function withF1(counts: Counts): CountedF1 {
  const { tp_hard, tp_soft, fp, fn } = counts;
  const nothing = tp_hard === 0 && fp === 0 && fn === 0;
  return { ...counts, f1_hard: nothing ? 1 : f1(tp_hard, fp, fn), f1_soft: f1(tp_soft, fp, fn) };
}

export function sumCounts(list: readonly Counts[]): Counts {
  return list.reduce(
    (sum, { tp_hard, tp_soft, fp, fn }) => ({
      tp_hard: sum.tp_hard + tp_hard,
      tp_soft: sum.tp_soft + tp_soft,
      fp: sum.fp + fp,
      fn: sum.fn + fn,
    }),
    { tp_hard: 0, tp_soft: 0, fp: 0, fn: 0 },
  );
}

function f1(tp: number, fp: number, fn: number): number {
  const precision = ratio(tp, tp + fp);
  const recall = ratio(tp, tp + fn);
  return ratio(2 * precision * recall, precision + recall);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Pearson's correlation; null under two pairs or where either side has no variance. */
export function pearson(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 2) return null;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length;
  let [varianceX, varianceY, covariance] = [0, 0, 0];
  for (const [x, y] of pairs) {
    varianceX += (x - meanX) ** 2;
    varianceY += (y - meanY) ** 2;
    covariance += (x - meanX) * (y - meanY);
  }
  if (varianceX === 0 || varianceY === 0) return null;
  return covariance / Math.sqrt(varianceX * varianceY);
}
