import type { Description } from './describe.ts';
import type { Path } from './path.ts';
import { hasCorners, joinOf } from './stroke/join.ts';
import { lineData, numeral, pathData, primitiveElement } from './write.ts';

/** An element, and apart from it the attributes that others may share. */
export interface Item {
  readonly element: string;
  readonly attributes: string;
}

/** Paints of a description's own shape and of what fills it. */
export interface Paints {
  readonly own: string;
  readonly filling: string;
}

/** The elements of a description. */
export function itemsOf({ form }: Description, { own, filling }: Paints, decimals: number): Item[] {
  const n = (value: number) => numeral(value, decimals);
  if (form.kind === 'primitive') {
    return [{ element: primitiveElement(form.primitive, decimals), attributes: `fill="${own}"` }];
  }
  if (form.kind === 'path') {
    return [{ element: `<path d="${pathData(form.paths, decimals)}"/>`, attributes: `fill="${own}"` }];
  }
  if (form.kind === 'ring') {
    const { primitive, width, join } = form.ring;
    const soft = join === 'round' && primitive.kind === 'rect' && primitive.r === 0;
    const attributes = `fill="${filling}" stroke="${own}" stroke-width="${n(width)}"${soft ? ROUND_JOIN : ''}`;
    return [{ element: primitiveElement(primitive, decimals), attributes }];
  }
  const drawn = form.strokes.map(({ stroke, middle }) => {
    const path = 'path' in middle ? middle.path : undefined;
    const element =
      'primitive' in middle
        ? primitiveElement(middle.primitive, decimals)
        : pathElement(middle.path, decimals);
    const cap = stroke.closed ? '' : stroke.cap;
    const join = path && hasCorners(path) ? joinOf(path, stroke.width, form.field) : '';
    return { element, width: n(stroke.width), cap, join };
  });
  // A cap or join that nothing else contradicts is shared by all strokes of the shape.
  const shared = <T extends string>(values: readonly T[], one: T) =>
    values.includes(one) && values.every((value) => value === one || value === '');
  const [caps, joins] = [drawn.map(({ cap }) => cap), drawn.map(({ join }) => join)];
  const [roundCaps, roundJoins] = [shared(caps, 'round'), shared(joins, 'round')];
  return drawn.map(({ element, width, cap, join }) => ({
    element,
    attributes: `fill="${filling}" stroke="${own}" stroke-width="${width}"${roundCaps || cap === 'round' ? ROUND_CAP : ''}${roundJoins || join === 'round' ? ROUND_JOIN : ''}`,
  }));
}

function pathElement(path: Path, decimals: number): string {
  const line = lineData(path, decimals);
  return line ? `<line ${line}/>` : `<path d="${pathData([path], decimals)}"/>`;
}

const ROUND_CAP = ' stroke-linecap="round"';
const ROUND_JOIN = ' stroke-linejoin="round"';

/** The outlines of a text with the text as their name, where they come as one element or group. */
export function named(items: readonly Item[], text: string): readonly Item[] {
  if (items.some(({ attributes }) => attributes !== items[0]?.attributes)) return items;
  const label = text.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return items.map(({ element, attributes }) => ({
    element,
    attributes: `aria-label="${label}" ${attributes}`,
  }));
}

/** Elements as they are written: neighbours of the same attributes in one group. */
export function grouped(items: readonly Item[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < items.length; ) {
    const { attributes, element } = items[i] ?? { attributes: '', element: '' };
    let end = i + 1;
    while (items[end]?.attributes === attributes) end++;
    if (end - i > 1) {
      lines.push(`<g ${attributes}>`, ...items.slice(i, end).map((item) => `  ${item.element}`), '</g>');
    } else lines.push(element.replace(/\/?>/, ` ${attributes}$&`));
    i = end;
  }
  return lines;
}
