import type { MarkerShape } from './model.ts';

/** A marker as matplotlib strokes it; lengths in pixels. */
export interface MarkerForm {
  readonly shape: MarkerShape;
  /** What a program calls its size: the outline's, before it is stroked. */
  readonly nominal: number;
  /** Of the stroke along the outline. */
  readonly edge: number;
  /** Nothing, or another colour, inside the outline. */
  readonly hollow: boolean;
}

/** Share, 0 to 1, of a pixel at a distance from the marker's middle (y downwards) that the marker's own colour covers. */
export function markerCover({ shape, nominal, edge, hollow }: MarkerForm, x: number, y: number): number {
  const away = outlines[shape](x, y, nominal, edge);
  const off = shape === 'x' || shape === '+' || hollow ? Math.abs(away) : away;
  return Math.min(1, Math.max(0, 0.5 + edge / 2 - off));
}

/** Whether a place lies within the outline, where a hollow marker shows its inside. */
export function isWithin({ shape, nominal, edge }: MarkerForm, x: number, y: number): boolean {
  return outlines[shape](x, y, nominal, edge) < 0;
}

/** Width of a marker of a nominal size with its stroke: `width = size * nominal + stroke * edge`. */
const widths: Readonly<Record<MarkerShape, { readonly size: number; readonly stroke: number }>> = {
  o: { size: 1, stroke: 1 },
  s: { size: 1, stroke: 1 },
  '^': { size: 1, stroke: 1.62 },
  v: { size: 1, stroke: 1.62 },
  D: { size: Math.SQRT2, stroke: Math.SQRT2 },
  '*': { size: 0.951, stroke: 1 },
  x: { size: 1, stroke: 0.7 },
  '+': { size: 1, stroke: 0 },
};

export function widthOf(shape: MarkerShape, nominal: number, edge: number): number {
  return widths[shape].size * nominal + widths[shape].stroke * edge;
}

export function nominalOf(shape: MarkerShape, width: number, edge: number): number {
  return (width - widths[shape].stroke * edge) / widths[shape].size;
}

/** Distance of a place from an outline, negative inside; corners are mitred, ends of arms are cut square. */
type Outline = (x: number, y: number, nominal: number, edge: number) => number;

const triangle: Outline = (x, y, nominal) =>
  Math.max(y - nominal / 2, (2 * Math.abs(x) - y - nominal / 2) / Math.sqrt(5));

const arms: Outline = (x, y, nominal, edge) =>
  Math.min(
    Math.max(Math.abs(y), Math.abs(x) - nominal / 2 + edge / 2),
    Math.max(Math.abs(x), Math.abs(y) - nominal / 2 + edge / 2),
  );

const outlines: Readonly<Record<MarkerShape, Outline>> = {
  o: (x, y, nominal) => Math.hypot(x, y) - nominal / 2,
  s: (x, y, nominal) => Math.max(Math.abs(x), Math.abs(y)) - nominal / 2,
  D: (x, y, nominal) => (Math.abs(x) + Math.abs(y)) / Math.SQRT2 - nominal / 2,
  '^': triangle,
  v: (x, y, nominal, edge) => triangle(x, -y, nominal, edge),
  '*': star,
  x: (x, y, nominal, edge) => arms((x + y) / Math.SQRT2, (x - y) / Math.SQRT2, nominal * Math.SQRT2, edge),
  '+': arms,
};

/** Five points, the inner corners at 0.382 of the outer radius. */
function star(x: number, y: number, nominal: number): number {
  const radius = nominal / 2;
  // One tenth of a star, mirrored and turned, is the whole.
  const fifth = (2 * Math.PI) / 5;
  const angle = Math.atan2(x, -y);
  const turned = Math.abs(angle - fifth * Math.round(angle / fifth));
  const r = Math.hypot(x, y);
  const [px, py] = [r * Math.sin(turned), r * Math.cos(turned)];
  const inner = 0.381966 * radius;
  const [ax, ay] = [inner * Math.sin(fifth / 2), inner * Math.cos(fifth / 2)];
  const [dx, dy] = [ax, ay - radius];
  const t = Math.min(1, Math.max(0, (px * dx + (py - radius) * dy) / (dx * dx + dy * dy)));
  const away = Math.hypot(px - t * dx, py - radius - t * dy);
  return px * dy - (py - radius) * dx > 0 ? -away : away;
}
