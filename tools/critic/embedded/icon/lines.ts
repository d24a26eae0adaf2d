import type { Rgb } from '../../../image/ground.ts';
import { around, type Drawing, type Element } from './elements.ts';
import { colourDifference } from './match.ts';
import { hullArea, perimeter } from './outline.ts';

/** Elements side by side that look like the letters or signs of one line of text. */
export interface Line {
  readonly glyphs: readonly Element[];
  readonly colour: Rgb;
  /** What it stands on. */
  readonly ground: Rgb;
  /** Pixels: left, top, width, height. */
  readonly extent: Element['extent'];
}

/** Of lower letters too little is left to tell them from other drawings. */
const LEAST_HEIGHT = 6;
/** Dots, accents and dashes are lower than this share of their line. */
const PART = 0.5;
/** Widest gap between two glyphs of a line, and between a part and its glyph, by the line's height. */
const GAP = { glyph: 0.9, part: 0.4 } as const;
/** Share of its own height that a glyph must stand beside the line, and of its width that may lie over another. */
const BESIDE = { height: 0.5, width: 0.5 } as const;
/** Height of a line by its tallest glyph: as far as accents and descenders reach. */
const REACH = 1.45;
/** Twice the area over the perimeter: strokes of letters, bold ones too, are thinner by the tallest's height. */
const STEM = 0.32;
/** The widest glyph by its height: letters that touch are one element. */
const WIDEST = 3;
const MOST_COUNTERS = 4;
/** Smaller parts of a glyph are crumbs of its own anti-aliased edge. */
const CRUMB = 0.15;
const MOST_GLYPHS = 32;
/** A whole outline fills its convex hull up to this: bars, discs and, with their holes, rings do. */
const SOLID = 0.85;
/** What is to be read stands out from its ground by more, in CIEDE2000. */
const LEAST_CONTRAST = 10;
/** Counters have the colour of what the line stands on, in CIEDE2000. */
const SAME_COLOUR = 6;

/**
 * The lines of letters and signs of a drawing: two or more thin elements of one flat colour in a row on one flat
 * colour, not all of them bars, discs and rings. A lone letter cannot be told from any other thin shape.
 */
export function linesOf({ elements, ground }: Drawing, width: number): Line[] {
  const children = new Map<Element, Element[]>();
  const paints = new Map<string, Element[]>();
  for (const element of elements) {
    const on = elements[element.within];
    if (on) children.set(on, [...(children.get(on) ?? []), element]);
    if (!element.flat || on?.flat === false) continue;
    const key = `${element.within} ${element.colour.join()}`;
    paints.set(key, [...(paints.get(key) ?? []), element]);
  }
  const isLetter = (element: Element) => {
    const beneath = elements[element.within]?.colour ?? ground;
    const counters = (children.get(element) ?? []).filter(({ area }) => area > CRUMB * element.area);
    const [, , w, h] = element.extent;
    return (
      w <= WIDEST * h &&
      counters.length <= MOST_COUNTERS &&
      counters.every((one) => colourDifference(one.colour, beneath) < SAME_COLOUR) &&
      (children.get(element) ?? []).every((one) => !children.has(one))
    );
  };
  const isLine = (row: readonly Element[]) => {
    const height = row.map(({ extent }) => extent).reduce(around)[3];
    const tallest = Math.max(...row.map(({ extent }) => extent[3]));
    const full = row.filter(({ extent }) => extent[3] >= PART * tallest);
    const area = row.reduce((sum, one) => sum + one.area, 0);
    const edges = row.reduce((sum, one) => sum + perimeter(one, width), 0);
    return (
      full.length > 1 &&
      row.length <= MOST_GLYPHS &&
      full.every(isLetter) &&
      height <= REACH * tallest &&
      (2 * area) / edges <= STEM * tallest &&
      full.some((one) => !isPlain(one, children.get(one) ?? [], width))
    );
  };
  const lines = [...paints.values()]
    .flatMap(rowsOf)
    .filter(isLine)
    .map((glyphs): Line => {
      const [first] = glyphs;
      const beneath = elements[first?.within ?? -1]?.colour ?? ground;
      return {
        glyphs,
        colour: first?.colour ?? ground,
        ground: beneath,
        extent: glyphs.map(({ extent }) => extent).reduce(around),
      };
    });
  // What lies in a line is crumbs of its edges.
  return lines.filter(
    (line) =>
      colourDifference(line.colour, line.ground) > LEAST_CONTRAST &&
      !lines.some((other) => other !== line && liesIn(line.extent, other.extent)),
  );
}

/** Whether one extent lies in another, give or take some pixels. */
export function liesIn(
  [x, y, w, h]: Element['extent'],
  [left, top, width, height]: Element['extent'],
  reach = 1,
): boolean {
  return (
    x >= left - reach && y >= top - reach && x + w <= left + width + reach && y + h <= top + height + reach
  );
}

/** Elements side by side; small ones in a row or just above belong to it. */
function rowsOf(members: readonly Element[]): Element[][] {
  const left = new Set([...members].sort((a, b) => b.extent[3] - a.extent[3]));
  const rows: Element[][] = [];
  while (left.size > 0) {
    const [tallest] = left;
    if (!tallest || tallest.extent[3] < LEAST_HEIGHT) break;
    left.delete(tallest);
    const glyphs = new Set([tallest]);
    let extent = tallest.extent;
    for (let size = 0; size < glyphs.size; ) {
      size = glyphs.size;
      for (const one of left) {
        const over = [...glyphs].some((other) => liesOver(one.extent, other.extent));
        if (over || !isBeside(one.extent, extent, tallest.extent[3])) continue;
        left.delete(one);
        glyphs.add(one);
        extent = around(extent, one.extent);
      }
    }
    rows.push([...glyphs]);
  }
  return rows;
}

function isBeside([x, y, w, h]: Element['extent'], row: Element['extent'], height: number): boolean {
  const [left, top, right, bottom] = [row[0], row[1], row[0] + row[2], row[1] + row[3]];
  const gap = Math.max(left - x - w, x - right) / height;
  if (h < PART * height)
    return w <= height && gap <= GAP.part && y > top - PART * height && y + h < bottom + 0.25 * height;
  return gap <= GAP.glyph && Math.min(bottom, y + h) - Math.max(top, y) >= BESIDE.height * h;
}

/** Side by side with another in height, but over it in width. */
function liesOver([x, y, w, h]: Element['extent'], [left, top, width, height]: Element['extent']): boolean {
  const shared = Math.min(x + w, left + width) - Math.max(x, left);
  const beside = Math.min(y + h, top + height) - Math.max(y, top);
  return beside > 0 && shared > BESIDE.width * Math.min(w, width);
}

/** Bars, discs and rings, however much they look like I and O. */
function isPlain(element: Element, holes: readonly Element[], width: number): boolean {
  const filled = element.area + holes.reduce((sum, { area }) => sum + area, 0);
  return filled > SOLID * hullArea(element, width);
}
