import { componentsOf } from '../image/components.ts';
import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import { bridge } from './bars.ts';
import type { Plot, Point, TextPiece, Unreadable, Wedge } from './model.ts';
import { distance, type Layer } from './palette.ts';

type Pie = Extract<Plot, { kind: 'pie' }>;

/** Rays around the circle, a quarter of a degree apart. */
const RAYS = 1440;
/** Where rays are sampled, as shares of the radius: text covers some of them, never all. */
const DEPTHS = [0.22, 0.3, 0.38, 0.74, 0.8, 0.86, 0.92];
/** Wedges narrower than this, in rays, are the mixtures along the sides of others. */
const NARROW = 4;

const emptyPiece = { label: 0, area: 0, left: 0, top: 0, right: 1, bottom: 1 };

/** Reads wedges around a circle; a reason where thick layers make up no full circle. */
export function pieOf(pixels: Pixels, layers: readonly Layer[], ground: Rgb): Pie | Unreadable {
  const thick = layers.filter(({ depth }) => depth >= 0.02 * Math.min(pixels.width, pixels.height));
  const none: Unreadable = { kind: 'unreadable', reason: 'neither axes nor a pie were found' };
  if (thick.length === 0) return none;
  const union = new Uint8Array(pixels.width * pixels.height);
  for (const { cover } of thick)
    for (let i = 0; i < union.length; i++) if ((cover[i] ?? 0) >= 128) union[i] = 1;
  // Wedges touch each other; patches of a legend do not touch them. Thin edges between wedges are bridged.
  bridge(union, pixels, Math.max(3, Math.round(pixels.width / 160)));
  const { components } = componentsOf(union, pixels);
  const largest = components.reduce((a, b) => (b.area > a.area ? b : a), components[0] ?? emptyPiece);
  const { left, right, top, bottom, area } = largest;
  const radius = (right - left + bottom - top) / 4;
  const centre = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const full = area / (Math.PI * radius ** 2);
  if (Math.abs(right - left - (bottom - top)) > 0.04 * radius + 2) return none;
  if (full < 0.86)
    return { kind: 'unreadable', reason: 'the coloured shape is no full pie (a ring, or exploded)' };
  if (full > 1.08) return none;
  const wedges = wedgesOf(pixels, thick, centre, radius);
  if (!wedges) return { kind: 'unreadable', reason: "the pie's wedges cannot be told apart" };
  const edged = ground && edgeBetween(pixels, wedges.start, centre, radius, ground);
  return { kind: 'pie', wedges: wedges.list, centre, radius, start: wedges.start, edge: edged };
}

function wedgesOf(
  pixels: Pixels,
  layers: readonly Layer[],
  centre: Point,
  radius: number,
): { list: Wedge[]; start: number } | undefined {
  const classes = Array.from({ length: RAYS }, (_, ray) => {
    const angle = (ray / RAYS) * 2 * Math.PI;
    const votes = new Map<number, number>();
    for (const depth of DEPTHS) {
      const x = Math.floor(centre.x + Math.cos(angle) * radius * depth);
      const y = Math.floor(centre.y - Math.sin(angle) * radius * depth);
      const i = (y * pixels.width + x) * 3;
      const colour: Rgb = [pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0];
      for (const [k, layer] of layers.entries())
        if (distance(layer.colour, colour) < 24) votes.set(k, (votes.get(k) ?? 0) + depth);
    }
    return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1;
  });
  const runs: { layer: number; from: number; to: number }[] = [];
  for (const [ray, layer] of classes.entries()) {
    const last = runs.at(-1);
    if (last?.layer === layer) last.to = ray + 1;
    else runs.push({ layer, from: ray, to: ray + 1 });
  }
  const solid = runs.filter(
    ({ layer, from, to }) => layer >= 0 && (to - from > NARROW || from === 0 || to === RAYS),
  );
  const merged: typeof runs = [];
  for (const run of solid) {
    const last = merged.at(-1);
    if (last?.layer === run.layer) last.to = run.to;
    else merged.push({ ...run });
  }
  const [first, last] = [merged[0], merged.at(-1)];
  if (!first || !last) return undefined;
  if (merged.length > 1 && first.layer === last.layer) {
    last.to = RAYS + first.to;
    merged.shift();
  }
  if (merged.length === 0) return undefined;
  // Sides lie in the middle between the wedges that they part.
  const sides = merged.map((run, i) => {
    const before = merged[(i + merged.length - 1) % merged.length] ?? run;
    const end = before.to > run.from ? before.to - RAYS : before.to;
    return (run.from + end) / 2;
  });
  const degrees = (ray: number) => ((((ray / RAYS) * 360) % 360) + 360) % 360;
  const start = startOf(sides.map(degrees));
  const order = merged.map((_, i) => (i + start) % merged.length);
  const list = order.map((i): Wedge => {
    const from = sides[i] ?? 0;
    const next = sides[(i + 1) % merged.length] ?? 0;
    const share = merged.length === 1 ? 1 : ((((next - from) % RAYS) + RAYS) % RAYS) / RAYS;
    return {
      colour: layers[merged[i]?.layer ?? 0]?.colour ?? [0, 0, 0],
      share,
      label: undefined,
      percent: undefined,
    };
  });
  return { list, start: degrees(sides[start] ?? 0) };
}

/** Pies mostly begin at twelve or three o'clock. */
function startOf(angles: readonly number[]): number {
  for (const usual of [90, 0, 140, 180, 45, 270]) {
    const index = angles.findIndex((angle) => Math.abs(((angle - usual + 540) % 360) - 180) < 0.7);
    if (index >= 0) return index;
  }
  return 0;
}

/** Ground-coloured lines between the wedges. */
function edgeBetween(pixels: Pixels, start: number, centre: Point, radius: number, ground: Rgb): Pie['edge'] {
  const angle = (start / 180) * Math.PI;
  let hits = 0;
  for (const depth of [0.3, 0.45, 0.85, 0.92]) {
    const x = Math.floor(centre.x + Math.cos(angle) * radius * depth);
    const y = Math.floor(centre.y - Math.sin(angle) * radius * depth);
    const near = [-1, 0, 1].some((dx) =>
      [-1, 0, 1].some((dy) => {
        const i = ((y + dy) * pixels.width + x + dx) * 3;
        return distance([pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0], ground) < 40;
      }),
    );
    if (near) hits++;
  }
  return hits >= 3 ? { colour: ground, thickness: 1 } : undefined;
}

/** A percentage as it is written on a wedge: the number, and its decimals. */
const PERCENT = /^(\d+(?:\.(\d+))?)\s*%$/;

/**
 * What is written on each wedge, where all of them have a percentage: most of them read as one, and none is bare.
 * One that was misread is then known by its wedge. Undefined where they have none, or they cannot be made out.
 */
export function percentsOf(
  wedges: readonly Pick<Wedge, 'percent'>[],
): readonly { readonly said: number | undefined; readonly decimals: number }[] | undefined {
  const found = wedges.map(({ percent }) => PERCENT.exec(percent?.text ?? ''));
  const read = found.filter((match) => match !== null).length;
  if (wedges.some(({ percent }) => !percent) || read <= wedges.length / 2) return undefined;
  return found.map((match) => ({
    said: match ? Number(match[1]) : undefined,
    decimals: match?.[2]?.length ?? 0,
  }));
}

/** Gives each wedge the text beside it and the percentage on it. */
export function labelled(pie: Pie, texts: readonly TextPiece[]): { pie: Pie; left: TextPiece[] } {
  const wedges = pie.wedges.map((wedge) => ({ ...wedge }));
  const left: TextPiece[] = [];
  const sides = [pie.start];
  for (const { share } of wedges) sides.push((sides.at(-1) ?? 0) + share * 360);
  for (const piece of texts) {
    const { area } = piece;
    // Outside labels are anchored at the end that is nearer to the circle.
    const x = Math.min(Math.max(pie.centre.x, area.left), area.right);
    const middle = (area.left + area.right) / 2;
    const y = (area.top + area.bottom) / 2;
    const away = Math.hypot(middle - pie.centre.x, y - pie.centre.y) / pie.radius;
    const inside = away < 0.95;
    const anchor = inside ? middle : x;
    const angle = ((Math.atan2(pie.centre.y - y, anchor - pie.centre.x) * 180) / Math.PI + 720) % 360;
    const index = sides.slice(0, -1).findIndex((from, i) => {
      const turn = (angle - from + 720) % 360;
      return turn < (sides[i + 1] ?? 0) - from;
    });
    const wedge = wedges[index];
    const near = Math.hypot(anchor - pie.centre.x, y - pie.centre.y) / pie.radius;
    if (wedge && inside && /\d/.test(piece.text) && !wedge.percent) wedge.percent = piece;
    else if (wedge && !inside && near < 1.3 && !wedge.label) wedge.label = piece;
    else left.push(piece);
  }
  return { pie: { ...pie, wedges }, left };
}
