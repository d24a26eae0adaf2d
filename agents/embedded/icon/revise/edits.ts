import type { Box } from '../../../../core/discrepancy.ts';
import { typicalColour } from '../../../../tools/critic/embedded/regions.ts';
import { hexOf } from '../../../../tools/critic/embedded/words.ts';
import type { Pixels } from '../../../../tools/image/pixels.ts';
import { boundsOf, type Point } from '../trace/geometry.ts';
import { gradientOf } from '../trace/gradient.ts';
import { gradientElement } from '../trace/paint.ts';
import { type Leaf, spliced, withAttribute } from './leaves.ts';

/** A draft taken apart: its elements, and which of them each pixel shows. */
export interface Dissected {
  readonly code: string;
  readonly leaves: readonly Leaf[];
  /** Index into `leaves`, -1 for none. */
  readonly shown: Int32Array;
}

/** A place in pixels; right and bottom exclusive. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function placeOf([x, y, w, h]: Box, { width, height }: Pixels, margin: number): Place {
  return {
    left: Math.max(0, Math.floor(x * width) - margin),
    top: Math.max(0, Math.floor(y * height) - margin),
    right: Math.min(width, Math.ceil((x + w) * width) + margin),
    bottom: Math.min(height, Math.ceil((y + h) * height) + margin),
  };
}

/** Pixels of each shown element, and how many of them lie in a place. */
export function shownIn({ leaves, shown }: Dissected, width: number, place: Place) {
  const found = leaves.map(() => ({ all: 0, inside: 0 }));
  for (let i = 0; i < shown.length; i++) {
    const count = found[shown[i] ?? -1];
    if (!count) continue;
    count.all++;
    const x = i % width;
    const y = (i - x) / width;
    if (x >= place.left && x < place.right && y >= place.top && y < place.bottom) count.inside++;
  }
  return found;
}

/** Elements that lie (nearly) wholly in a place: those which an edit there may replace. */
export function within(draft: Dissected, width: number, place: Place): number[] {
  return shownIn(draft, width, place).flatMap(({ all, inside }, index) =>
    all > 0 && inside >= 0.9 * all ? [index] : [],
  );
}

/** The draft without some elements. */
export function without({ code, leaves }: Dissected, indices: readonly number[]): string {
  return spliced(
    code,
    indices.flatMap((index) => {
      const leaf = leaves[index];
      return leaf ? [{ start: leaf.start, end: leaf.end, text: '' }] : [];
    }),
  );
}

/**
 * The draft with its elements in a place taken from another draft of the same picture instead. Undefined when
 * neither has any there.
 */
export function grafted(draft: Dissected, other: Dissected, width: number, place: Place): string | undefined {
  const [old, fresh] = [within(draft, width, place), within(other, width, place)];
  if (fresh.length === 0 || old.length === draft.leaves.length) return undefined;
  const text = fresh
    .flatMap((index) => {
      const leaf = other.leaves[index];
      if (!leaf) return [];
      // Taken out of its groups, an element needs the paint that it inherited there.
      let element = other.code.slice(leaf.start, leaf.end);
      element = withAttribute(element, 'fill', leaf.fill);
      return [leaf.stroke === 'none' ? element : withAttribute(element, 'stroke', leaf.stroke)];
    })
    .join('');
  // Where the lowest replaced element was, else on top.
  const at = draft.leaves[old[0] ?? -1]?.start ?? draft.code.lastIndexOf('</svg>');
  const keep = spliced(
    draft.code,
    old.slice(1).flatMap((index) => {
      const leaf = draft.leaves[index];
      return leaf ? [{ start: leaf.start, end: leaf.end, text: '' }] : [];
    }),
  );
  const first = draft.leaves[old[0] ?? -1];
  return spliced(keep, [{ start: at, end: first ? first.end : at, text }]);
}

/** The draft with an element painted as the reference is where the element shows: in one colour, and as a gradient. */
export function repainted({ code, leaves, shown }: Dissected, index: number, pixels: Pixels): string[] {
  const leaf = leaves[index];
  const inside: number[] = [];
  for (let i = 0; i < shown.length; i++)
    if (shown[i] === index && isInner(shown, i, pixels.width)) inside.push(i);
  if (!leaf || inside.length < 4) return [];
  const source = code.slice(leaf.start, leaf.end);
  const attribute = leaf.fill === 'none' ? 'stroke' : 'fill';
  const painted = (paint: string) =>
    spliced(code, [{ start: leaf.start, end: leaf.end, text: withAttribute(source, attribute, paint) }]);
  const drafts = [painted(hexOf(typicalColour(pixels, inside)))];
  const gradient = gradientOf(pixels, inside);
  if (gradient && attribute === 'fill') {
    const id = freshId(code);
    const corners = inside.map((i): Point => [(i % pixels.width) + 0.5, Math.floor(i / pixels.width) + 0.5]);
    const definition = `<defs>${gradientElement(gradient.gradient, id, boundsOf(corners))}</defs>`;
    drafts.push(painted(`url(#${id})`).replace(/(<svg[^>]*>)/, `$1\n  ${definition}`));
  }
  return drafts;
}

/** No neighbour shows another element. */
function isInner(shown: Int32Array, i: number, width: number): boolean {
  const own = shown[i];
  return [i - 1, i + 1, i - width, i + width].every((other) => shown[other] === own);
}

function freshId(code: string): string {
  let number = 1;
  while (code.includes(`id="g${number}"`)) number++;
  return `g${number}`;
}
