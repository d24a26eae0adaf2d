import { Parser } from 'htmlparser2';

/** An element that draws something, where it stands in the code, and the paint that it has or inherits. */
export interface Leaf {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly fill: string;
  readonly stroke: string;
}

const drawing = new Set(['path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon', 'text', 'use']);
/** What stands in these is drawn elsewhere, or not at all. */
const stores = new Set(['defs', 'clipPath', 'mask', 'pattern', 'symbol', 'marker', 'filter']);
/** Deeper nesting is not read. */
const DEEPEST = 64;

/** The elements of an SVG file that draw, lowest first. */
export function leavesOf(code: string): Leaf[] {
  const leaves: Leaf[] = [];
  const open: { name: string; start: number; fill: string; stroke: string; stored: boolean }[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const parent = open.at(-1);
        open.push({
          name,
          start: parser.startIndex,
          fill: attributes['fill'] ?? parent?.fill ?? '#000000',
          stroke: attributes['stroke'] ?? parent?.stroke ?? 'none',
          stored: (parent?.stored ?? false) || stores.has(name) || open.length > DEEPEST,
        });
      },
      onclosetag() {
        const { name, start, fill, stroke, stored } = open.pop() ?? {
          name: '',
          start: 0,
          fill: '',
          stroke: '',
          stored: true,
        };
        if (drawing.has(name) && !stored) leaves.push({ start, end: parser.endIndex + 1, fill, stroke });
      },
    },
    { xmlMode: true },
  );
  parser.write(code);
  parser.end();
  return leaves.sort((a, b) => a.start - b.start);
}

/** A change of a stretch of code. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Code with some stretches that do not overlap replaced. */
export function spliced(code: string, splices: readonly Splice[]): string {
  let result = code;
  for (const { start, end, text } of [...splices].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + text + result.slice(end);
  }
  return result;
}

/** An element with an attribute set, whatever it had or inherited. */
export function withAttribute(element: string, name: string, value: string): string {
  const has = new RegExp(`(<[^>]*?\\s${name}=")[^"]*(")`);
  if (has.test(element)) return element.replace(has, `$1${value}$2`);
  return element.replace(/^<[\w:-]+/, `$& ${name}="${value}"`);
}
