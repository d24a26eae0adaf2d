import { Parser } from 'htmlparser2';
import type { Box } from '../../../core/discrepancy.ts';
import { DatasetError } from '../../../core/errors.ts';

import { type Bounds, boundsOf, numbersIn } from './bounds.ts';
import { identity, type Matrix, matrixOf, moved, times } from './transform.ts';

/** A shape, picture or text that is drawn where it stands, and how it looks with what it inherits. */
export interface Part {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Of the start tag, in the code. */
  readonly tag: { readonly start: number; readonly end: number; readonly empty: boolean };
  /** Of the whole element. */
  readonly start: number;
  readonly end: number;
  /** Presentation properties, inherited ones and those of `style` included. */
  readonly look: ReadonlyMap<string, string>;
  /** In its own coordinates. */
  readonly bounds?: Bounds;
  /** From its parent's coordinates to the picture's. */
  readonly matrix?: Matrix;
  /** In the picture. */
  readonly box?: Box;
  /** The pieces of text in it. */
  readonly texts: readonly { readonly start: number; readonly end: number; readonly value: string }[];
  /** Which part of its parent it is: parts of one parent are painted one after the other. */
  readonly parent: number;
}

export interface SvgSource {
  readonly code: string;
  readonly parts: readonly Part[];
  /** Where the content of the outermost element ends. */
  readonly end: number;
  /** Left, top, width and height of what the picture shows, in its own units. */
  readonly view: readonly [number, number, number, number];
  /** First stop colour by the gradient's id. */
  readonly gradients: ReadonlyMap<string, string>;
  /** A style sheet may give any part another look than its attributes say. */
  readonly styled: boolean;
}

const drawnNames = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text']);
const neverDrawn = new Set([
  ...['defs', 'clipPath', 'mask', 'symbol', 'marker', 'pattern', 'filter', 'style', 'script', 'metadata'],
  ...['title', 'desc', 'switch', 'foreignObject', 'linearGradient', 'radialGradient'],
]);
const inherited = new Set([
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'text-anchor', 'class'],
  ...['opacity', 'fill-opacity', 'stroke-opacity', 'display', 'visibility'],
]);

const MAX_DEPTH = 200;
const MAX_PARTS = 5000;

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly tag: Part['tag'];
  readonly drawn: boolean;
  readonly look: ReadonlyMap<string, string>;
  readonly matrix: Matrix | undefined;
  readonly texts: { start: number; end: number; value: string }[];
  readonly index: number;
}

/**
 * The drawn parts of an SVG document, with their places in the code and in the picture.
 * @throws DatasetError when it is no SVG document or nested too deeply.
 */
export function parseSvg(code: string): SvgSource {
  const parts: Part[] = [];
  const gradients = new Map<string, string>();
  const open: Open[] = [];
  let [count, end, styled, view]: [number, number | undefined, boolean, SvgSource['view'] | undefined] = [
    ...[0, undefined, false, undefined],
  ] as const;
  const parser = new Parser(
    {
      onopentag(name, given) {
        if (open.length >= MAX_DEPTH) {
          throw new DatasetError(`The SVG is nested more than ${MAX_DEPTH} deep, which cannot be damaged.`);
        }
        const attributes = new Map(Object.entries(given));
        const parent = open.at(-1);
        if (!parent) view ??= name === 'svg' ? viewOf(attributes) : undefined;
        styled ||= name === 'style';
        const own = attributes.get('transform');
        const step = own === undefined ? identity : matrixOf(own);
        const above = parent ? parent.matrix : identity;
        // A document within the document has coordinates of its own.
        const known = above && step && (name !== 'svg' || !parent);
        open.push({
          name,
          attributes,
          tag: {
            start: parser.startIndex,
            end: parser.endIndex + 1,
            empty: code[parser.endIndex - 1] === '/',
          },
          drawn: (parent?.drawn ?? name === 'svg') && !neverDrawn.has(name),
          look: lookOf(attributes, parent?.look),
          matrix: known ? times(above, step) : undefined,
          texts: [],
          index: count++,
        });
        const owner = parent?.attributes.get('id');
        const colour = lookOf(attributes, undefined, true).get('stop-color');
        if (name === 'stop' && owner && colour && !gradients.has(owner)) gradients.set(owner, colour);
      },
      ontext(value) {
        const element = open.at(-1);
        const last = element?.texts.at(-1);
        const [start, after] = [parser.startIndex, parser.endIndex + 1];
        if (last?.end === start) Object.assign(last, { end: after, value: last.value + value });
        else element?.texts.push({ start, end: after, value });
      },
      onclosetag() {
        const element = open.pop();
        if (!element) return;
        const parent = open.at(-1);
        if (!parent && element.name === 'svg') end ??= parser.startIndex;
        if (!parent || !element.drawn || !drawnNames.has(element.name) || parts.length >= MAX_PARTS) return;
        parts.push(partOf(element, parent, parser.endIndex + 1, view));
      },
    },
    { xmlMode: true },
  );
  parser.end(code);
  if (end === undefined) throw new DatasetError('The code is no SVG document: it has no <svg> element.');
  const [left = 0, top = 0, width = 100, height = 100] = view ?? [];
  parts.sort((a, b) => a.start - b.start);
  return { code, parts, end, view: [left, top, width, height], gradients, styled };
}

function partOf(element: Open, parent: Open, end: number, view: SvgSource['view'] | undefined): Part {
  const { name, attributes, tag, look, matrix, texts } = element;
  const bounds = boundsOf(name, name === 'text' ? new Map([...look, ...attributes]) : attributes);
  const placed = bounds && matrix && moved(bounds, matrix);
  const box = placed && view && boxIn(placed, view);
  return {
    ...{ name, attributes, tag, look, texts, start: tag.start, end, parent: parent.index },
    ...(bounds && { bounds }),
    ...(parent.matrix && { matrix: parent.matrix }),
    ...(box && { box }),
  };
}

/** What is seen of some bounds, as shares of the picture; undefined when nothing is. */
function boxIn(bounds: Bounds, [x, y, width, height]: SvgSource['view']): Part['box'] {
  const [left, right] = [bounds[0], bounds[2]].map((at) => clamp((at - x) / width));
  const [top, bottom] = [bounds[1], bounds[3]].map((at) => clamp((at - y) / height));
  if (left === undefined || right === undefined || top === undefined || bottom === undefined)
    return undefined;
  const outside = bounds[2] < x || bounds[0] > x + width || bounds[3] < y || bounds[1] > y + height;
  return outside ? undefined : [left, top, right - left, bottom - top];
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** The part of the plane that the picture shows; undefined where it is stretched or cannot be read. */
function viewOf(attributes: ReadonlyMap<string, string>): SvgSource['view'] | undefined {
  const [x, y, width, height] = numbersIn(attributes.get('viewBox') ?? '');
  const [wide, high] = ['width', 'height'].map((name) => Number.parseFloat(attributes.get(name) ?? ''));
  if (width && height && width > 0 && height > 0) {
    const letterboxed = wide && high && Math.abs(wide / high / (width / height) - 1) > 0.01;
    return letterboxed ? undefined : [x ?? 0, y ?? 0, width, height];
  }
  return wide && high ? [0, 0, wide, high] : undefined;
}

function lookOf(
  attributes: ReadonlyMap<string, string>,
  from: ReadonlyMap<string, string> | undefined,
  all = false,
): ReadonlyMap<string, string> {
  const own = [...attributes, ...declarations(attributes.get('style') ?? '')];
  return new Map([...(from ?? []), ...own.filter(([name]) => all || inherited.has(name))]);
}

/** The declarations of a `style` attribute. */
export function declarations(style: string): [string, string][] {
  return style.split(';').flatMap((declaration): [string, string][] => {
    const colon = declaration.indexOf(':');
    return colon < 0 ? [] : [[declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()]];
  });
}
