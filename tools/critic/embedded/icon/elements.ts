import type { Box } from '../../../../core/discrepancy.ts';
import type { Rgb } from '../../../image/ground.ts';
import { sceneOf } from '../../../image/segment/scene.ts';
import type { Segmentation } from '../../../image/segment/segment.ts';

/** One connected part of a drawing, as a person would point at it. */
export interface Element {
  readonly colour: Rgb;
  /** One colour all over; else a gradient. */
  readonly flat: boolean;
  /** Indices of its pixels. */
  readonly pixels: readonly number[];
  readonly area: number;
  readonly centre: readonly [number, number];
  /** Pixels: left, top, width, height. */
  readonly extent: readonly [number, number, number, number];
  /** Where it lies in its own box, as a grid of SILHOUETTE x SILHOUETTE cells. */
  readonly silhouette: Uint8Array;
  /** Index of the element that encloses it; -1 on the ground. */
  readonly within: number;
}

export const SILHOUETTE = 20;

/** Smaller parts are told with the rest, not one by one. */
const LEAST_AREA = 4;

/** A drawing taken apart. */
export interface Drawing {
  readonly elements: readonly Element[];
  /** Colour that they stand on. */
  readonly ground: Rgb;
  readonly groundPixels: readonly number[];
}

/** The elements of a drawing: all its shapes but the ground. */
export function drawingOf(segmentation: Segmentation): Drawing {
  const { shapes, surfaces, shapeAt, width } = segmentation;
  const { ground, nodes } = sceneOf(segmentation);
  const members = shapes.map((): number[] => []);
  for (let i = 0; i < shapeAt.length; i++) members[shapeAt[i] ?? -1]?.push(i);
  const indexOf = new Map<number, number>();
  for (const [shape, { area }] of shapes.entries()) {
    if (shape !== ground && area >= LEAST_AREA) indexOf.set(shape, indexOf.size);
  }
  const elements = shapes.flatMap((shape, index): Element[] => {
    const surface = surfaces[shape.surface];
    if (!indexOf.has(index) || !surface) return [];
    const [w, h] = [shape.right - shape.left, shape.bottom - shape.top];
    const silhouette = Uint8Array.from({ length: SILHOUETTE * SILHOUETTE }, (_, cell) => {
      const column = shape.left + Math.floor((((cell % SILHOUETTE) + 0.5) * w) / SILHOUETTE);
      const row = shape.top + Math.floor(((Math.floor(cell / SILHOUETTE) + 0.5) * h) / SILHOUETTE);
      return shapeAt[row * width + column] === index ? 1 : 0;
    });
    const pixels = members[index] ?? [];
    let [x, y] = [0, 0];
    for (const i of pixels) {
      x += i % width;
      y += Math.floor(i / width);
    }
    return [
      {
        colour: surface.colour,
        flat: surface.flat,
        pixels,
        area: pixels.length,
        centre: [x / pixels.length + 0.5, y / pixels.length + 0.5],
        extent: [shape.left, shape.top, w, h],
        silhouette,
        within: indexOf.get(nodes[index]?.parent ?? -1) ?? -1,
      },
    ];
  });
  const surface = surfaces[shapes[ground]?.surface ?? 0];
  return { elements, ground: surface?.colour ?? [255, 255, 255], groundPixels: members[ground] ?? [] };
}

/** An extent as fractions of the picture. */
export function boxOf(
  [left, top, w, h]: Element['extent'],
  { width, height }: { width: number; height: number },
): Box {
  return [left / width, top / height, w / width, h / height];
}

/** The smallest extent around two. */
export function around(a: Element['extent'], b: Element['extent']): Element['extent'] {
  const [left, top] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
  const [right, bottom] = [Math.max(a[0] + a[2], b[0] + b[2]), Math.max(a[1] + a[3], b[1] + b[3])];
  return [left, top, right - left, bottom - top];
}
