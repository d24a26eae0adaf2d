export interface Scale {
  /** value = offset + scale * pixel */
  readonly offset: number;
  readonly scale: number;
  /** Root mean square distance of the inliers, in pixels. */
  readonly residual: number;
  readonly inliers: number;
}

export interface Sighting {
  readonly at: number;
  readonly value: number;
}

/** Ticks are drawn on whole pixels, so that a right one lies at most this far from the scale. */
const TOLERANCE = 1.1;

/**
 * The linear scale that most ticks agree with (RANSAC over all pairs, then least squares over the inliers).
 * Undefined when under two thirds of the ticks agree.
 */
export function linearScale(sightings: readonly Sighting[], tolerance = TOLERANCE): Scale | undefined {
  let best: { inliers: readonly Sighting[] } | undefined;
  for (const [i, a] of sightings.entries()) {
    for (const b of sightings.slice(i + 1)) {
      const scale = (b.value - a.value) / (b.at - a.at);
      if (!Number.isFinite(scale) || scale === 0) continue;
      const inliers = sightings.filter(
        (one) => Math.abs(a.at + (one.value - a.value) / scale - one.at) <= tolerance,
      );
      if (!best || inliers.length > best.inliers.length) best = { inliers };
    }
  }
  if (!best || best.inliers.length < Math.max(2, sightings.length * 0.66)) return undefined;
  const { offset, scale } = leastSquares(best.inliers.map(({ at, value }) => [at, value]));
  if (scale === 0) return undefined;
  const squares = best.inliers.reduce((sum, { at, value }) => sum + ((value - offset) / scale - at) ** 2, 0);
  return { offset, scale, residual: Math.sqrt(squares / best.inliers.length), inliers: best.inliers.length };
}

/** y = offset + scale * x */
export function leastSquares(points: readonly (readonly [x: number, y: number])[]): {
  offset: number;
  scale: number;
} {
  const n = Math.max(1, points.length);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  let [xx, xy] = [0, 0];
  for (const [x, y] of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  const scale = xx === 0 ? 0 : xy / xx;
  return { offset: meanY - scale * meanX, scale };
}

/** Distances between neighbours are equal, within `tolerance` pixels. */
export function isEven(places: readonly number[], tolerance: number): boolean {
  if (places.length < 3) return true;
  const fit = leastSquares(places.map((place, index) => [index, place]));
  return places.every((place, index) => Math.abs(fit.offset + fit.scale * index - place) <= tolerance);
}
