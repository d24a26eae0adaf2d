import { converter, parse } from 'culori';
import type { Severity } from '../../../core/discrepancy.ts';
import { colourWords, placeWords } from '../../../tools/critic/embedded/words.ts';
import type { Rgb } from '../../../tools/image/ground.ts';
import type { Part, SvgSource } from './source.ts';

const names: Readonly<Record<string, string>> = {
  rect: 'rectangle',
  path: 'shape',
  polyline: 'line',
};

/** What a part is called: `red circle`, `text "OK"`. */
export function nameOf(part: Part, { styled }: SvgSource): string {
  if (part.name === 'text') return `text "${textOf(part)}"`;
  const kind = names[part.name] ?? part.name;
  // Lines are seldom told to have no fill, and have none to be seen.
  const drawn = part.look.has('fill') || !part.look.has('stroke');
  const paint = styled ? undefined : (drawn && paintOf(part, 'fill')) || paintOf(part, 'stroke');
  const words = paint === undefined ? undefined : inWords(paint);
  return words === undefined ? kind : `${words.slice(0, words.lastIndexOf(' '))} ${kind}`;
}

export function textOf({ texts }: Part): string {
  const all = texts.map(({ value }) => value).join(' ');
  return all.split(/\s+/).join(' ').trim().slice(0, 60);
}

/** Where a part is: `top left`, or which one it is in the code's order when its place is unknown. */
export function placeOf(part: Part, { parts }: SvgSource): string {
  return part.box ? placeWords(part.box) : `part ${parts.indexOf(part) + 1} in painting order`;
}

/** What a part is filled or stroked with; undefined when with nothing. */
export function paintOf({ name, look }: Part, property: 'fill' | 'stroke'): string | undefined {
  if (name === 'line' && property === 'fill') return undefined;
  const paint = look.get(property) ?? (property === 'fill' ? '#000000' : 'none');
  return paint === 'none' || paint === '' ? undefined : paint;
}

const toRgb = converter('rgb');

/** A CSS colour as 8-bit RGB; undefined when it is none: a gradient, say. */
export function rgbOf(colour: string): Rgb | undefined {
  const rgb = toRgb(parse(colour));
  return rgb && [rgb.r * 255, rgb.g * 255, rgb.b * 255];
}

/** `blue #2563eb`; undefined when it is no colour. */
export function inWords(colour: string): string | undefined {
  const rgb = rgbOf(colour);
  return rgb && colourWords(rgb);
}

/** By how much of the picture a part takes up: a tenth 3, a hundredth 2, less 1; 2 where it is unknown. */
export function bySize({ box }: Part): Severity {
  if (!box) return 2;
  const share = box[2] * box[3];
  return share >= 0.1 ? 3 : share >= 0.01 ? 2 : 1;
}
