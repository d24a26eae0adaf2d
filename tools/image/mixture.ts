import type { Rgb } from './ground.ts';

/** Levels that a colour may lie beside the mixtures of two others. */
const MIXTURE = 24;

/** Whether a colour lies between two others, as those of anti-aliased edges do. */
export function isMixture(colour: Rgb, a: Rgb, b: Rgb): boolean {
  const share = shareOf(colour, a, b);
  const [r, g, blue] = [0, 1, 2].map(
    (k) => (b[k] ?? 0) + share * ((a[k] ?? 0) - (b[k] ?? 0)) - (colour[k] ?? 0),
  );
  return Math.hypot(r ?? 0, g ?? 0, blue ?? 0) <= MIXTURE;
}

/** How much of a colour is `ink`, when the rest is `ground`: 0 to 1. */
export function shareOf(colour: ArrayLike<number>, ink: Rgb, ground: Rgb): number {
  let [along, whole] = [0, 0];
  for (let k = 0; k < 3; k++) {
    const way = (ink[k] ?? 0) - (ground[k] ?? 0);
    along += ((colour[k] ?? 0) - (ground[k] ?? 0)) * way;
    whole += way * way;
  }
  return Math.min(1, Math.max(0, along / Math.max(1, whole)));
}
