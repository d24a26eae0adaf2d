import type { Pixels } from './pixels.ts';

const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/**
 * Mean structural similarity of two pictures of one size, -1 to 1: uniform square window, RGB channels averaged,
 * windows that stick out left off (Wang et al. 2004; as scikit-image's structural_similarity).
 * @param window pixels a side, odd
 */
export function ssim(a: Pixels, b: Pixels, window = 7): number {
  if (a.width !== b.width || a.height !== b.height) throw new RangeError('ssim needs pictures of one size');
  if (a.width < window || a.height < window) return exact(a, b) ? 1 : 0;
  return (channelSsim(a, b, 0, window) + channelSsim(a, b, 1, window) + channelSsim(a, b, 2, window)) / 3;
}

function exact(a: Pixels, b: Pixels): boolean {
  return a.data.every((value, index) => value === b.data[index]);
}

/** Window sums by sliding: columns of `window` rows are kept, and a row of columns is summed. */
function channelSsim(a: Pixels, b: Pixels, channel: number, window: number): number {
  const { width, height } = a;
  const sumA = new Float64Array(width);
  const sumB = new Float64Array(width);
  const sumAA = new Float64Array(width);
  const sumBB = new Float64Array(width);
  const sumAB = new Float64Array(width);
  const addRow = (y: number, sign: number) => {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 3 + channel;
      const p = a.data[i] ?? 0;
      const q = b.data[i] ?? 0;
      sumA[x] = (sumA[x] ?? 0) + sign * p;
      sumB[x] = (sumB[x] ?? 0) + sign * q;
      sumAA[x] = (sumAA[x] ?? 0) + sign * p * p;
      sumBB[x] = (sumBB[x] ?? 0) + sign * q * q;
      sumAB[x] = (sumAB[x] ?? 0) + sign * p * q;
    }
  };
  let total = 0;
  for (let y = 0; y < height; y++) {
    addRow(y, 1);
    if (y >= window) addRow(y - window, -1);
    if (y >= window - 1) total += rowSsim(sumA, sumB, sumAA, sumBB, sumAB, window);
  }
  return total / ((width - window + 1) * (height - window + 1));
}

function rowSsim(
  sumA: Float64Array,
  sumB: Float64Array,
  sumAA: Float64Array,
  sumBB: Float64Array,
  sumAB: Float64Array,
  window: number,
): number {
  const n = window * window;
  let [a, b, aa, bb, ab, total] = [0, 0, 0, 0, 0, 0];
  for (let x = 0; x < sumA.length; x++) {
    a += sumA[x] ?? 0;
    b += sumB[x] ?? 0;
    aa += sumAA[x] ?? 0;
    bb += sumBB[x] ?? 0;
    ab += sumAB[x] ?? 0;
    if (x < window - 1) continue;
    const [meanA, meanB] = [a / n, b / n];
    const varA = (aa - a * meanA) / (n - 1);
    const varB = (bb - b * meanB) / (n - 1);
    const cov = (ab - a * meanB) / (n - 1);
    total +=
      ((2 * meanA * meanB + C1) * (2 * cov + C2)) / ((meanA ** 2 + meanB ** 2 + C1) * (varA + varB + C2));
    const out = x - window + 1;
    a -= sumA[out] ?? 0;
    b -= sumB[out] ?? 0;
    aa -= sumAA[out] ?? 0;
    bb -= sumBB[out] ?? 0;
    ab -= sumAB[out] ?? 0;
  }
  return total;
}
