import type { Component } from '../components.ts';
import { median } from '../median.ts';
import { drawingNoise } from '../noise.ts';
import type { Pixels, Size } from '../pixels.ts';
import { withoutRinging } from '../ringing.ts';
import { bendFor, calmRegions } from './calm-regions.ts';
import { explainEdges, type Known, type Mixtures } from './edges.ts';
import { joinGradients } from './join-gradients.ts';
import { type Surface, surfacesOf } from './surfaces.ts';
import { seedThin } from './thin.ts';

/** A picture taken apart into surfaces and connected shapes, with the share that each has of an edge pixel. */
export interface Segmentation extends Size, Mixtures {
  readonly surfaces: readonly Surface[];
  /** Shape of each pixel: index into `shapes`. */
  readonly shapeAt: Int32Array;
  readonly shapes: readonly Shape[];
  /** The pixels that were read: denoised where the picture had noise. */
  readonly pixels: Pixels;
  /** Levels of noise found (see drawingNoise). */
  readonly noise: number;
}

/** One connected place of one surface. */
export interface Shape extends Component {
  readonly surface: number;
}

/** Levels by which a gradient may miss its own continuation at a colour stop. */
const RUNS_ON = 5;
/** Levels that a mixture may leave unexplained. */
const UNEXPLAINED = 9;
/** Thin strokes of one colour can hide others: each round finds the next. */
const THIN_ROUNDS = 3;

/**
 * Takes a drawing apart: calm regions are grown into surfaces (flat colours, gradients), every other pixel is
 * explained as a mixture of two surfaces nearby, and what stays unexplained are strokes too thin to be calm.
 */
export async function segment(picture: Pixels): Promise<Segmentation> {
  const settled = withoutRinging(picture);
  const noise = drawingNoise(settled);
  const pixels = noise > 0 ? await median(settled) : settled;
  const regions = joinGradients(pixels, calmRegions(pixels, bendFor(noise)), RUNS_ON + noise);
  const { surfaces, surfaceOf } = surfacesOf(pixels, regions, 2 * noise);
  const owner = regions.labels.map((label) => (label === 0 ? -1 : (surfaceOf[label] ?? -1)));
  const known: Known = { owner, pure: Uint8Array.from(owner, (surface) => (surface < 0 ? 0 : 1)) };
  const tolerance = UNEXPLAINED + 4 * noise;
  let mixtures = explainEdges(pixels, known, surfaces);
  for (let round = 0; round < THIN_ROUNDS; round++) {
    if (!seedThin(pixels, known, surfaces, mixtures, tolerance)) break;
    mixtures = explainEdges(pixels, known, surfaces);
  }
  fillGaps(mixtures.first, mixtures.second, pixels);
  const { shapeAt, shapes } = shapesOf(mixtures.first, pixels);
  const { width, height } = pixels;
  return { width, height, pixels, noise, surfaces, ...mixtures, shapeAt, shapes };
}

/** Pixels far from any surface (the middle of a wide blur) join the nearest one. */
function fillGaps(first: Int32Array, second: Int32Array, { width, height }: Size): void {
  let front: number[] = [];
  for (let i = 0; i < first.length; i++) if ((first[i] ?? -1) >= 0) front.push(i);
  if (front.length === 0) {
    first.fill(0);
    second.fill(0);
    return;
  }
  if (front.length === first.length) return;
  while (front.length > 0) {
    const next: number[] = [];
    for (const i of front) {
      const x = i % width;
      const neighbours = [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width];
      for (const j of neighbours) {
        if (j < 0 || j >= width * height || (first[j] ?? 0) >= 0) continue;
        first[j] = first[i] ?? 0;
        second[j] = first[i] ?? 0;
        next.push(j);
      }
    }
    front = next;
  }
}

/** Connected places (over edges and corners) of one surface each. */
function shapesOf(first: Int32Array, { width, height }: Size): { shapeAt: Int32Array; shapes: Shape[] } {
  const shapeAt = new Int32Array(first.length).fill(-1);
  const stack = new Int32Array(first.length);
  const shapes: Shape[] = [];
  for (let start = 0; start < first.length; start++) {
    if ((shapeAt[start] ?? 0) >= 0) continue;
    const surface = first[start] ?? 0;
    const index = shapes.length;
    let [area, left, top, right, bottom, depth] = [0, width, height, 0, 0, 0];
    stack[depth++] = start;
    shapeAt[start] = index;
    while (depth > 0) {
      const pixel = stack[--depth] ?? 0;
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const other = ny * width + nx;
          if (first[other] !== surface || (shapeAt[other] ?? 0) >= 0) continue;
          shapeAt[other] = index;
          stack[depth++] = other;
        }
      }
    }
    shapes.push({ label: index, area, left, top, right, bottom, surface });
  }
  return { shapeAt, shapes };
}
