import { componentsOf } from '../image/components.ts';
import type { Size } from '../image/pixels.ts';
import { windowMax } from '../image/window.ts';
import { isWithin, type MarkerForm, markerCover, nominalOf, widthOf } from './marker-cover.ts';
import type { Area, MarkerShape, Point } from './model.ts';
import { median } from './polyline.ts';

/** A line's ink with what hides it. */
export interface Ink {
  /** 0 to 255. */
  readonly cover: Uint8Array;
  /** Non-zero where something else is drawn, so that nothing is known of the line there. */
  readonly hidden: Uint8Array;
  readonly size: Size;
  /** Outside it nothing is known either. */
  readonly inner: Area;
}

export interface Markers {
  readonly form: MarkerForm;
  /** Width in pixels. */
  readonly width: number;
  readonly centres: readonly Point[];
  /** Whether a marker may stand at a place: it shows, or something hides it. */
  readonly standsAt: (place: Point) => boolean;
}

const shapes: readonly MarkerShape[] = ['o', 's', '^', 'v', 'D', '*', 'x', '+'];
/** A marker leaves at most this share of what a bare line leaves unexplained. */
const EXPLAINS = 0.6;
/** Markers that are laid over the ink to tell their shape. */
const MOST = 5;
/** Markers are at most this many ems wide, and reach at least this many pixels out of their line. */
const WIDEST = 2.4;
const LEAST = 1.2;
/** A hollow marker must explain the ink this much better than a full one. */
const SIMPLER = 1.15;
const HALF = 128;
/** Where less of a place than this can be seen, a marker may stand there. */
const KNOWN = 0.6;
/** Markers differ in how far they reach out of their line by this share, and the line hides up to this part of their width. */
const ALIKE = 0.45;
const LARGER = 1.4;
const FINALISTS = 4;

/**
 * The markers along a line: where its ink reaches out of the stroke, and which shape laid over those places leaves
 * the least unexplained. Undefined where a bare line explains as much.
 */
export function markersAlong(
  ink: Ink,
  points: readonly Point[],
  thickness: number,
  em: number,
): Markers | undefined {
  const off = offStroke(ink, points, thickness, WIDEST * em);
  const places = clusters(ink, off, thickness);
  const whole = places.filter(({ area, extent }) => isInside(area, ink.inner) && extent <= WIDEST * em);
  const extents = whole.map(({ extent }) => extent).sort((a, b) => a - b);
  const typical = extents[Math.floor(0.75 * extents.length)] ?? 0;
  const good = whole.filter(({ extent }) => Math.abs(extent - typical) <= Math.max(2, ALIKE * typical));
  if (good.length < 2 || typical < thickness + 2 * LEAST) return undefined;
  const edge = Math.max(1, 0.1 * em);
  const at = (place: Point) => windowOf(ink, points, place, typical, thickness);
  // The stroke cuts a piece off many markers, so that a corner nearby may be nearer to their middle.
  const starts = good.map(({ centre }) => [
    centre,
    ...points.filter(({ x, y }) => Math.hypot(x - centre.x, y - centre.y) < typical / 2),
  ]);
  const fitted = starts.slice(0, MOST).map((list) => list.map(at));
  const costly = (form: MarkerForm | undefined, shifts = halfSteps) =>
    median(fitted.map((windows) => Math.min(...windows.map((one) => costOf(one, form, shifts).cost))));
  const bare = costly(undefined);
  const form = bestForm(typical, edge, costly);
  if (!form || costly(form) > EXPLAINS * bare) return undefined;
  const width = widthOf(form.shape, form.nominal, edge);
  const centres = starts.flatMap((list) => {
    const found = list.map((start) => settled(start, at, form));
    const [best] = found.sort((a, b) => a.cost - b.cost);
    if (!best || best.cost > EXPLAINS * Math.max(bare, best.bare)) return [];
    return [{ x: best.place.x - biasOf(form), y: best.place.y - biasOf(form) }];
  });
  if (centres.length < 2) return undefined;
  return {
    form,
    width,
    centres: centres.sort((a, b) => a.x - b.x),
    standsAt: (place) => {
      const window = at(place);
      if (window.known < KNOWN) return true;
      return costOf(window, form).cost < EXPLAINS * Math.max(bare, costOf(window, undefined).cost);
    },
  };
}

/** The shape and size that leave least unexplained: first in whole pixels, then in halves. */
function bestForm(
  typical: number,
  edge: number,
  costly: (form: MarkerForm, shifts: typeof halfSteps) => number,
): MarkerForm | undefined {
  const judge = (form: MarkerForm, shifts: typeof halfSteps) => ({
    form,
    cost: (form.hollow ? SIMPLER : 1) * costly(form, shifts),
  });
  const rough = shapes.flatMap((shape) => {
    const hollows = shape === 'x' || shape === '+' ? [false] : [false, true];
    const found: { form: MarkerForm; cost: number }[] = [];
    for (let width = typical - 2; width <= LARGER * typical + 2; width++) {
      const nominal = nominalOf(shape, width, edge);
      if (nominal >= 2)
        found.push(...hollows.map((hollow) => judge({ shape, nominal, edge, hollow }, wholeSteps)));
    }
    return found;
  });
  const byCost = (a: { readonly cost: number }, b: { readonly cost: number }) => a.cost - b.cost;
  const fine = rough
    .sort(byCost)
    .slice(0, FINALISTS)
    .flatMap(({ form }) =>
      [-0.5, 0, 0.5].map((more) => judge({ ...form, nominal: form.nominal + more }, halfSteps)),
    );
  return fine.sort(byCost)[0]?.form;
}

/** The place that a form drifts to from a start. */
function settled(start: Point, at: (place: Point) => Window, form: MarkerForm) {
  let place = start;
  for (let pass = 0; ; pass++) {
    const window = at(place);
    const { cost, dx, dy } = costOf(window, form);
    place = { x: place.x + dx, y: place.y + dy };
    if (pass === 3 || (dx === 0 && dy === 0)) return { place, cost, bare: costOf(window, undefined).cost };
  }
}

/** Agg draws a marker around the middle of the pixel that its place is rounded to; strokes of an even width keep the place. */
function biasOf({ shape, edge }: MarkerForm): number {
  return shape === 'o' || Math.round(edge) % 2 === 1 ? 0.5 : 0;
}

interface Cluster {
  readonly area: Area;
  readonly centre: Point;
  readonly extent: number;
}

/** Ink farther from the line's middle than its stroke reaches, but no farther than a marker. */
function offStroke(
  { cover, size, inner }: Ink,
  points: readonly Point[],
  thickness: number,
  widest: number,
): Uint8Array {
  const out = new Uint8Array(cover.length);
  const near = thickness / 2 + LEAST;
  for (let y = Math.ceil(inner.top); y < inner.bottom; y++) {
    for (let x = Math.ceil(inner.left); x < inner.right; x++) {
      const i = y * size.width + x;
      if ((cover[i] ?? 0) < HALF) continue;
      const away = awayFrom(points, x + 0.5, y + 0.5);
      if (away > near && away < widest) out[i] = 1;
    }
  }
  return out;
}

function awayFrom(points: readonly Point[], x: number, y: number): number {
  let least = Infinity;
  for (const [k, b] of points.entries()) {
    const a = points[k - 1];
    if (!a) continue;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / Math.max(1e-9, dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(x - a.x - t * dx, y - a.y - t * dy));
  }
  return least;
}

/** Pieces of one marker on both sides of its line belong together. */
function clusters({ size }: Ink, off: Uint8Array, thickness: number): Cluster[] {
  const radius = Math.ceil(thickness / 2 + LEAST) + 1;
  const { labels, components } = componentsOf(windowMax(off, size, radius), size);
  const areas = components.map(() => ({ left: size.width, top: size.height, right: 0, bottom: 0 }));
  for (const [i, value] of off.entries()) {
    const area = value === 0 ? undefined : areas[(labels[i] ?? 0) - 1];
    if (!area) continue;
    const [x, y] = [i % size.width, Math.floor(i / size.width)];
    area.left = Math.min(area.left, x);
    area.right = Math.max(area.right, x + 1);
    area.top = Math.min(area.top, y);
    area.bottom = Math.max(area.bottom, y + 1);
  }
  return areas.map((area) => ({
    area,
    centre: { x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 },
    extent: Math.max(area.right - area.left, area.bottom - area.top),
  }));
}

function isInside(area: Area, inner: Area): boolean {
  return (
    area.left > inner.left + 1 &&
    area.right < inner.right - 1 &&
    area.top > inner.top + 1 &&
    area.bottom < inner.bottom - 1
  );
}

/** The ink around a place; pixels where only the line itself can show are no evidence. */
interface Window {
  readonly cells: readonly {
    readonly x: number;
    readonly y: number;
    readonly cover: number;
    readonly stroke: boolean;
  }[];
  /** Share of its pixels that nothing hides. */
  readonly known: number;
}

function windowOf(
  { cover, hidden, size, inner }: Ink,
  points: readonly Point[],
  place: Point,
  extent: number,
  thickness: number,
): Window {
  const reach = Math.ceil(0.65 * extent + 2);
  const cells: { x: number; y: number; cover: number; stroke: boolean }[] = [];
  const [cx, cy] = [Math.floor(place.x), Math.floor(place.y)];
  for (let y = cy - reach; y <= cy + reach; y++) {
    for (let x = cx - reach; x <= cx + reach; x++) {
      const i = y * size.width + x;
      if (x < inner.left || x >= inner.right || y < inner.top || y >= inner.bottom || hidden[i]) continue;
      cells.push({
        x: x + 0.5 - place.x,
        y: y + 0.5 - place.y,
        cover: (cover[i] ?? 0) / 255,
        stroke: awayFrom(points, x + 0.5, y + 0.5) <= thickness / 2 + LEAST,
      });
    }
  }
  return { cells, known: cells.length / (2 * reach + 1) ** 2 };
}

const steps = (list: readonly number[]) => list.flatMap((dy) => list.map((dx) => ({ dx, dy })));
const wholeSteps = steps([0, -1, 1]);
const halfSteps = steps([0, -0.5, 0.5, -1, 1]);

/** What a form laid over a window leaves unexplained, at the place within a pixel where that is least. */
function costOf(
  { cells }: Window,
  form: MarkerForm | undefined,
  shifts = halfSteps,
): { cost: number; dx: number; dy: number } {
  if (!form) return { cost: cells.reduce((sum, one) => sum + (one.stroke ? 0 : one.cover), 0), dx: 0, dy: 0 };
  let best = { cost: Infinity, dx: 0, dy: 0 };
  for (const { dx, dy } of shifts) {
    let cost = 0;
    for (const { x, y, cover, stroke } of cells) {
      const expected = markerCover(form, x - dx, y - dy);
      // The line may or may not show within a hollow marker, and does around every marker.
      const free = stroke && (form.hollow || !isWithin(form, x - dx, y - dy));
      cost += free ? Math.max(0, expected - cover) : Math.abs(cover - expected);
      if (cost > best.cost) break;
    }
    if (cost < best.cost) best = { cost, dx, dy };
  }
  return best;
}
