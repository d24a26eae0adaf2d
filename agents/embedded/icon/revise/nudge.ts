import type { Renderer } from '../../../../core/render.ts';
import { type Pixels, pixelsOf } from '../../../../tools/image/pixels.ts';
import type { Judged } from '../judge.ts';
import { type Place, shownIn } from './edits.ts';
import { leavesOf, spliced } from './leaves.ts';
import { topmost } from './topmost.ts';

/** An element of more numbers is drawn anew rather than nudged. */
const MOST_NUMBERS = 14;
/** Steps by which numbers are moved, in units of the view box of a picture of its own size. */
const STEPS = [0.6, 0.2] as const;

interface Nudging {
  readonly pixels: Pixels;
  readonly renderer: Renderer;
  readonly signal?: AbortSignal;
  keep(code: string): Promise<boolean>;
}

/**
 * Moves the numbers of the element that shows most in a place, one after the other, while the place comes
 * nearer to the reference; the result is offered to `keep`.
 */
export async function nudged(
  draft: Judged,
  place: Place,
  { pixels, renderer, signal, keep }: Nudging,
): Promise<void> {
  const { code } = draft;
  const leaves = leavesOf(code);
  const shown = await topmost(code, leaves, pixels, renderer, signal);
  if (!shown) return;
  const counts = shownIn({ code, leaves, shown }, pixels.width, place);
  const most = counts.reduce((best, { inside }, i) => (inside > (counts[best]?.inside ?? 0) ? i : best), 0);
  const leaf = leaves[most];
  if (!leaf) return;
  const source = code.slice(leaf.start, leaf.end);
  const parts = numbersIn(source);
  if (parts.length === 0 || parts.length > MOST_NUMBERS) return;
  const scale = viewWidth(code, pixels.width) / pixels.width;
  const write = (values: readonly number[]) => {
    const splices = parts.map(({ start, end }, i) => ({
      start,
      end,
      text: String(Number((values[i] ?? 0).toFixed(2))),
    }));
    return spliced(code, [{ start: leaf.start, end: leaf.end, text: spliced(source, splices) }]);
  };
  const error = async (values: readonly number[]) => {
    const result = await renderer.render({ code: write(values), size: pixels, ...(signal && { signal }) });
    if (result.kind === 'render-failure') return Infinity;
    return difference(pixels, await pixelsOf(result.picture, pixels));
  };
  let values = parts.map(({ value }) => value);
  const start = values;
  let least = await error(values);
  for (const step of STEPS) {
    for (const i of values.keys()) {
      for (const sign of [1, -1]) {
        const next = values.map((value, k) => (k === i ? value + sign * step * scale : value));
        const found = await error(next);
        if (found >= least) continue;
        [values, least] = [next, found];
        break;
      }
    }
  }
  if (values !== start) await keep(write(values));
}

/** Numbers in the attributes that place and shape an element; arc flags and colours are none. */
function numbersIn(element: string): { start: number; end: number; value: number }[] {
  const found: { start: number; end: number; value: number }[] = [];
  for (const attribute of element.matchAll(
    /\s(cx|cy|r|rx|ry|x|y|x1|y1|x2|y2|width|height|stroke-width|points|d)="([^"]*)"/g,
  )) {
    const [whole, name = '', text = ''] = attribute;
    // Arcs hold flags among their numbers, which must stay 0 or 1.
    if (name === 'd' && /[aA]/.test(text)) return [];
    const offset = attribute.index + whole.length - 1 - text.length;
    for (const number of text.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)) {
      const at = offset + number.index;
      found.push({ start: at, end: at + number[0].length, value: Number(number[0]) });
    }
  }
  return found;
}

function viewWidth(code: string, fallback: number): number {
  return Number(/viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)/.exec(code)?.[1] ?? fallback);
}

function difference(a: Pixels, b: Pixels): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return sum;
}
