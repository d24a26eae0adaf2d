import { openPathOf, type Path, pathOf } from '../path.ts';
import type { PieceSettings } from '../pieces.ts';
import { type Fit, primitiveOf } from '../primitives.ts';
import { numeral, pathData, primitiveElement } from '../write.ts';
import type { Stroke } from './strokes.ts';

interface Drawing {
  readonly pieces: PieceSettings;
  readonly primitive: Fit;
  readonly decimals: number;
}

/** Elements for strokes of one colour, in one group where there are several. */
export function strokeElements(strokes: readonly Stroke[], colour: string, drawing: Drawing): string[] {
  const { decimals } = drawing;
  const common = (stroke: Stroke) => {
    const cap = stroke.cap === 'round' ? ' stroke-linecap="round" stroke-linejoin="round"' : '';
    return `fill="none" stroke="${colour}" stroke-width="${numeral(stroke.width, decimals)}"${cap}`;
  };
  const [first] = strokes;
  if (!first) return [];
  if (strokes.length === 1) return [elementOf(first, common(first), drawing)];
  const groups = new Map<string, string[]>();
  for (const stroke of strokes) {
    const attributes = common(stroke);
    groups.set(attributes, [...(groups.get(attributes) ?? []), elementOf(stroke, '', drawing)]);
  }
  return [...groups].map(([attributes, elements]) => `<g ${attributes}>${elements.join('')}</g>`);
}

function elementOf(stroke: Stroke, attributes: string, { pieces, primitive, decimals }: Drawing): string {
  const suffix = attributes === '' ? '' : ` ${attributes}`;
  if (stroke.closed) {
    const shape = primitiveOf(stroke.points, stroke.points, primitive);
    if (shape) return primitiveElement(shape, attributes, decimals).replace(' />', '/>');
    return `<path d="${pathData([pathOf(stroke.points, pieces)], decimals)}"${suffix}/>`;
  }
  const path = openPathOf(stroke.points, pieces);
  const line = lineOf(path, decimals);
  return line ? `<line ${line}${suffix}/>` : `<path d="${pathData([path], decimals)}"${suffix}/>`;
}

function lineOf({ start, segments }: Path, decimals: number): string | undefined {
  const [only] = segments;
  if (only?.kind !== 'line' || segments.length > 1) return undefined;
  const n = (value: number) => numeral(value, decimals);
  return `x1="${n(start[0])}" y1="${n(start[1])}" x2="${n(only.to[0])}" y2="${n(only.to[1])}"`;
}
