import { escapedText, startTag } from '../../../tools/render/svg/markup.ts';
import type { Edit } from '../damage.ts';
import type { Part } from './source.ts';
import { declarations } from './source.ts';

/** An edit that gives a part other attributes; one that is `undefined` is taken away. */
export function withAttributes(
  part: Part,
  changes: Readonly<Record<string, string | undefined>>,
  name = part.name,
): Edit {
  const attributes = new Map(part.attributes);
  // A declaration of the style attribute would win over the attribute of its name.
  const style = declarations(part.attributes.get('style') ?? '').filter(([key]) => !(key in changes));
  if (part.attributes.has('style')) attributes.set('style', style.map((pair) => pair.join(':')).join(';'));
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) attributes.delete(key);
    else attributes.set(key, value);
  }
  const tag = startTag(name, attributes);
  return { start: part.tag.start, end: part.tag.end, text: part.tag.empty ? `${tag.slice(0, -1)}/>` : tag };
}

/** An edit that applies a transform to a part as it is drawn, in its parent's coordinates. */
export function transformed(part: Part, transform: string): Edit {
  const own = part.attributes.get('transform');
  return withAttributes(part, { transform: own === undefined ? transform : `${transform} ${own}` });
}

export function withText(text: Part['texts'][number], value: string): Edit {
  return { start: text.start, end: text.end, text: escapedText(value) };
}

/** A number as it stands in code: at most three decimals. */
export function short(value: number): string {
  return String(Number(value.toFixed(3)));
}

/** An edit that applies a transform to a part in its own coordinates, before the transform that it has. */
export function within(part: Part, transform: string): Edit {
  const own = part.attributes.get('transform');
  return withAttributes(part, { transform: own === undefined ? transform : `${own} ${transform}` });
}

/** Scales a part about its middle, in its own coordinates, before the transform that it has. */
export function scaled(part: Part, across: number, down: number): Edit {
  const [left = 0, top = 0, right = 0, bottom = 0] = part.bounds ?? [];
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const [x, y] = [cx * (1 - across), cy * (1 - down)];
  return within(part, `translate(${short(x)} ${short(y)}) scale(${short(across)} ${short(down)})`);
}
