import type { Rgb } from '../../../../tools/image/ground.ts';
import { isMixture } from '../../../../tools/image/mixture.ts';
import type { Scene } from '../../../../tools/image/segment/scene.ts';
import type { Segmentation, Shape } from '../../../../tools/image/segment/segment.ts';
import { areaOf, fieldOf } from '../trace/field.ts';
import { perimeter } from '../trace/geometry.ts';
import { outlinesOf } from '../trace/outline.ts';
import { primitiveOf } from '../trace/primitives.ts';
import { ringOf } from '../trace/stroke/ring.ts';
import { traceSettings } from '../trace/trace.ts';

/** Shapes of one colour in a row on one calm colour, which may be the glyphs of a line of text. */
export interface GlyphLine {
  /** Indices of shapes, dots and accents among them, from left to right. */
  readonly glyphs: readonly number[];
  /** Edges and corners of glyphs that were taken for shapes of other colours. */
  readonly crumbs: readonly number[];
  /** The shape that they lie on. */
  readonly on: number;
  readonly colour: Rgb;
  readonly ground: Rgb;
  /** Of the glyphs, in pixels; right and bottom exclusive. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Lower letters cannot be told apart by their pixels. */
const LEAST_HEIGHT = 9;
/** Parts of a glyph, dots and dashes are lower than this share of its line. */
const PART = 0.5;
/** Widest gap between two glyphs of a line, and between a part and its glyph, by the height of the tallest. */
const GAP = { glyph: 0.9, part: 0.4 } as const;
/** Share of its own height that a glyph must stand beside the line. */
const BESIDE = 0.5;
/** Twice the area over the perimeter: strokes of letters are thinner than this share of the height. */
const STEM = 0.27;
/** The widest shape by its height: letters that touch are one shape. */
const WIDEST = 5;
const MOST_COUNTERS = 6;
const MOST_GLYPHS = 32;
/** More lines are no icon's. */
const MOST_LINES = 8;

/** Finds what may be lines of text, cheaply: most icons hold nothing of the kind. */
export function glyphLinesOf(segmentation: Segmentation, scene: Scene): GlyphLine[] {
  const { shapes, surfaces } = segmentation;
  const paints = new Map<string, number[]>();
  for (const [index, { surface }] of shapes.entries()) {
    const on = scene.nodes[index]?.parent ?? -1;
    if (!surfaces[shapes[on]?.surface ?? -1]?.flat || !surfaces[surface]?.flat) continue;
    const key = `${on} ${surface}`;
    paints.set(key, [...(paints.get(key) ?? []), index]);
  }
  const lines = [...paints.values()]
    .flatMap((members) => rowsOf(members, shapes))
    .flatMap((row) => lineOf(row, segmentation, scene) ?? [])
    .filter((line) => !isPlain(line, segmentation, scene) && !goesOn(line, shapes));
  return lines.length > MOST_LINES ? [] : lines;
}

/** A glyph that touches something else would be missing from the line: half a word is worse than none. */
function goesOn({ glyphs, crumbs, left, top, right, bottom }: GlyphLine, shapes: readonly Shape[]): boolean {
  const surface = shapes[glyphs[0] ?? -1]?.surface;
  const height = bottom - top;
  return shapes.some((one, index) => {
    if (one.surface !== surface || glyphs.includes(index) || crumbs.includes(index)) return false;
    const gap = Math.max(left - one.right, one.left - right);
    const beside = Math.min(bottom, one.bottom) - Math.max(top, one.top);
    const alike = heightOf(one) >= PART * height && heightOf(one) <= height / PART;
    return alike && gap > -PART * height && gap <= GAP.part * height && beside >= BESIDE * heightOf(one);
  });
}

/** Shapes side by side, each row from left to right; small ones in a row or just above belong to it. */
function rowsOf(members: readonly number[], shapes: readonly Shape[]): number[][] {
  const left = new Set(
    members
      .flatMap((index) => (shapes[index] ? [{ ...shapes[index], index }] : []))
      .sort((a, b) => heightOf(b) - heightOf(a)),
  );
  const rows: number[][] = [];
  while (left.size > 0) {
    const [tallest] = left;
    if (!tallest || heightOf(tallest) < LEAST_HEIGHT) break;
    left.delete(tallest);
    const row = { ...tallest, members: [tallest.index] };
    const height = heightOf(tallest);
    for (let grown = true; grown; ) {
      grown = false;
      for (const one of left) {
        const gap = Math.max(row.left - one.right, one.left - row.right) / height;
        const beside = Math.min(row.bottom, one.bottom) - Math.max(row.top, one.top);
        const part = heightOf(one) < PART * height;
        const near = part
          ? gap <= GAP.part && one.top > row.top - PART * height && one.bottom < row.bottom + 0.25 * height
          : gap <= GAP.glyph && beside >= BESIDE * heightOf(one);
        if (!near) continue;
        left.delete(one);
        row.members.push(one.index);
        [row.left, row.right] = [Math.min(row.left, one.left), Math.max(row.right, one.right)];
        [row.top, row.bottom] = [Math.min(row.top, one.top), Math.max(row.bottom, one.bottom)];
        grown = true;
      }
    }
    rows.push(row.members);
  }
  const start = (index: number) => shapes[index]?.left ?? 0;
  return rows.map((row) => row.sort((a, b) => start(a) - start(b)));
}

function heightOf({ top, bottom }: Pick<Shape, 'top' | 'bottom'>): number {
  return bottom - top;
}

/** The row as a line, when its strokes are as thin, and its holes as few, as those of letters. */
function lineOf(glyphs: readonly number[], segmentation: Segmentation, scene: Scene): GlyphLine | undefined {
  const { shapes, surfaces } = segmentation;
  const on = scene.nodes[glyphs[0] ?? -1]?.parent ?? -1;
  const beneath = shapes[on]?.surface ?? -1;
  const colour = surfaces[shapes[glyphs[0] ?? -1]?.surface ?? -1]?.colour;
  const ground = surfaces[beneath]?.colour;
  if (!colour || !ground || glyphs.length > MOST_GLYPHS) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const index of glyphs) {
    const shape = shapes[index];
    const inner = scene.nodes[index]?.children ?? [];
    // Besides counters, a letter may hold crumbs of its own anti-aliased edge.
    const hollow = inner.every((child) => {
      const mixed = surfaces[shapes[child]?.surface ?? -1]?.colour;
      return mixed && isMixture(mixed, colour, ground) && scene.nodes[child]?.children.length === 0;
    });
    const counters = inner.filter((child) => shapes[child]?.surface === beneath);
    if (!shape || !hollow || counters.length > MOST_COUNTERS) return undefined;
    [left, top] = [Math.min(left, shape.left), Math.min(top, shape.top)];
    [right, bottom] = [Math.max(right, shape.right), Math.max(bottom, shape.bottom)];
  }
  const height = bottom - top;
  if (glyphs.length === 1 && right - left > WIDEST * height) return undefined;
  const field = fieldOf(segmentation, scene, new Set(glyphs));
  const around = outlinesOf(field).reduce((sum, loop) => sum + perimeter(loop), 0);
  if ((2 * areaOf(field)) / Math.max(1, around) > STEM * height) return undefined;
  const crumbs = (scene.nodes[on]?.children ?? []).filter((index) => {
    const shape = shapes[index];
    const mixed = surfaces[shape?.surface ?? -1]?.colour;
    return (
      shape &&
      mixed &&
      !glyphs.includes(index) &&
      shape.left >= left - PART * height &&
      shape.right <= right + PART * height &&
      shape.top >= top - PART * height &&
      shape.bottom <= bottom + PART * height &&
      isMixture(mixed, colour, ground)
    );
  });
  return { glyphs, crumbs, on, colour, ground, left, top, right, bottom };
}

/** Bars, discs and rings alone are drawings, however much they look like I and O. */
function isPlain({ glyphs }: GlyphLine, segmentation: Segmentation, scene: Scene): boolean {
  const { primitive } = traceSettings;
  return glyphs.every((shape) => {
    const loops = outlinesOf(fieldOf(segmentation, scene, new Set([shape])));
    const [outer] = loops;
    if (!outer) return true;
    return (
      (loops.length === 1 ? primitiveOf(outer, outer, primitive) : ringOf(loops, primitive)) !== undefined
    );
  });
}
