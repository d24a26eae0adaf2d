import type { Rgb } from '../ground.ts';

/** A pixel as a mixture of two colours, which is what anti-aliasing makes of an edge. */
export interface Mixture {
  /** Share of the first colour, 0 to 1. */
  readonly share: number;
  /** Distance of the pixel from the nearest mixture, in levels (Euclidean over RGB). */
  readonly residual: number;
}

/** The mixture of `a` and `b` that comes nearest to `colour`. */
export function mixtureOf(colour: Rgb, a: Rgb, b: Rgb): Mixture {
  const [ax, ay, az] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const [cx, cy, cz] = [colour[0] - b[0], colour[1] - b[1], colour[2] - b[2]];
  const length = ax * ax + ay * ay + az * az;
  const share = length === 0 ? 1 : Math.min(1, Math.max(0, (cx * ax + cy * ay + cz * az) / length));
  return { share, residual: Math.hypot(cx - share * ax, cy - share * ay, cz - share * az) };
}

/** Shares of three colours, and what they leave unexplained. */
export interface TripleMixture {
  readonly shares: Rgb;
  readonly residual: number;
}

/**
 * The mixture of three colours that comes nearest to `colour`, where three shapes meet in one pixel;
 * undefined when the nearest one needs only two of them.
 */
export function tripleMixtureOf(colour: Rgb, a: Rgb, b: Rgb, c: Rgb): TripleMixture | undefined {
  const minus = (p: Rgb, q: Rgb): Rgb => [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
  const dot = (p: Rgb, q: Rgb) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  const [u, v, w] = [minus(a, c), minus(b, c), minus(colour, c)];
  const [uu, uv, vv, wu, wv] = [dot(u, u), dot(u, v), dot(v, v), dot(w, u), dot(w, v)];
  const determinant = uu * vv - uv * uv;
  if (determinant < 1) return undefined;
  const s = (wu * vv - wv * uv) / determinant;
  const t = (wv * uu - wu * uv) / determinant;
  if (s <= 0 || t <= 0 || s + t >= 1) return undefined;
  const rest = minus(w, [s * u[0] + t * v[0], s * u[1] + t * v[1], s * u[2] + t * v[2]]);
  return { shares: [s, t, 1 - s - t], residual: Math.sqrt(dot(rest, rest)) };
}
