import { between, shuffled } from '../random.ts';
import { partOperator, type SvgOperator } from './operator.ts';
import type { Part, SvgSource } from './source.ts';
import { bySize, inWords, paintOf, rgbOf } from './words.ts';
import { short, withAttributes } from './write.ts';

const category = 'style_error';
const palette = [
  ...['#dc2626', '#f59e0b', '#fde047', '#16a34a', '#0d9488', '#22d3ee', '#2563eb', '#7c3aed', '#d946ef'],
  ...['#78350f', '#111111', '#ffffff'],
] as const;

const MAX_COLOURS = 64;

/** A colour that nobody takes for the one that is there, nor for another of the picture's. */
function otherColour(colour: string, { parts }: SvgSource, random: () => number): string | undefined {
  const used = parts.flatMap((part) => {
    const paint = paintOf(part, 'fill');
    return paint === undefined ? [] : [paint];
  });
  const fresh = shuffled(random, palette).filter((other) => apart(other, colour) > 150);
  const others = [...new Set(used)].slice(0, MAX_COLOURS);
  return fresh.find((other) => others.every((one) => apart(other, one) > 60)) ?? fresh[0];
}

function apart(a: string, b: string): number {
  const [one, other] = [rgbOf(a), rgbOf(b)];
  if (!one || !other) return Infinity;
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function recolours(property: 'fill' | 'stroke') {
  return (part: Part, source: SvgSource, random: () => number) => {
    const paint = paintOf(part, property);
    const own = paint === undefined || source.styled ? undefined : inWords(paint);
    const other = paint !== undefined && own && otherColour(paint, source, random);
    if (!other) return undefined;
    const thing = property === 'fill' ? ' is filled with' : ' has an outline of';
    return {
      severity: bySize(part) === 1 ? (1 as const) : (2 as const),
      says: `${thing} ${inWords(other)}; it should be ${own}.`,
      edits: [withAttributes(part, { [property]: other })],
    };
  };
}

const smallRule = '1 below a hundredth of the picture, else 2';

const refilled = partOperator(
  { name: 'fill-recoloured', category, severity: smallRule, does: 'fills a part with another colour' },
  recolours('fill'),
);

const restroked = partOperator(
  { name: 'stroke-recoloured', category, severity: smallRule, does: 'draws an outline in another colour' },
  recolours('stroke'),
);

const widened = partOperator(
  {
    name: 'stroke-width-changed',
    category,
    severity: '1',
    does: 'makes an outline 2.2 to 3 times as wide, or a third as wide',
  },
  (part, _source, random) => {
    const width = Number.parseFloat(part.look.get('stroke-width') ?? '1');
    if (paintOf(part, 'stroke') === undefined || !(width > 0)) return undefined;
    const factor = random() < 0.6 ? between(random, 2.2, 3) : 1 / 3;
    return {
      severity: 1,
      says: ` has too ${factor > 1 ? 'thick' : 'thin'} an outline: about ${Math.round(factor * 100)}% of its right width.`,
      edits: [withAttributes(part, { 'stroke-width': short(width * factor) })],
    };
  },
);

const dashed = partOperator(
  { name: 'stroke-dashed', category, severity: '1', does: 'breaks an outline into dashes' },
  (part) => {
    const width = Number.parseFloat(part.look.get('stroke-width') ?? '1');
    if (paintOf(part, 'stroke') === undefined || part.look.has('stroke-dasharray') || !(width > 0)) {
      return undefined;
    }
    return {
      severity: 1,
      says: ' has a dashed outline; it should be solid.',
      edits: [withAttributes(part, { 'stroke-dasharray': `${short(width * 2)} ${short(width * 2.5)}` })],
    };
  },
);

const hollowed = partOperator(
  {
    name: 'filled-to-outlined',
    category,
    severity: smallRule,
    does: 'draws a filled part as an outline',
  },
  (part, { view, styled }) => {
    const paint = paintOf(part, 'fill');
    if (paint === undefined || !inWords(paint) || styled || part.name === 'text' || part.name === 'line') {
      return undefined;
    }
    const width = short(Math.max(view[2], view[3]) / 60);
    return {
      severity: bySize(part) === 1 ? 1 : 2,
      says: ' is drawn as an outline; it should be filled.',
      edits: [
        withAttributes(part, {
          fill: 'none',
          ...(paintOf(part, 'stroke') === undefined && { stroke: paint, 'stroke-width': width }),
        }),
      ],
    };
  },
);

const faded = partOperator(
  { name: 'part-faded', category, severity: '1', does: 'makes a part see-through by 60%' },
  (part) =>
    part.attributes.has('opacity')
      ? undefined
      : {
          severity: 1,
          says: ' is too faint: it lets through what lies behind it.',
          edits: [withAttributes(part, { opacity: '0.4' })],
        },
);

const flattened = partOperator(
  {
    name: 'gradient-flattened',
    category,
    severity: smallRule,
    does: 'fills a part that has a gradient with its first colour alone',
  },
  (part, { gradients }) => {
    const fill = part.look.get('fill') ?? '';
    const id = fill.startsWith('url(#') ? fill.slice(5, fill.indexOf(')')) : undefined;
    const colour = id === undefined ? undefined : gradients.get(id);
    if (colour === undefined) return undefined;
    return {
      severity: bySize(part) === 1 ? 1 : 2,
      says: ` is ${inWords(colour) ?? colour} all over; it should pass from one colour into another.`,
      edits: [withAttributes(part, { fill: colour })],
    };
  },
);

export const styleOperators: readonly SvgOperator[] = [
  refilled,
  restroked,
  widened,
  dashed,
  hollowed,
  faded,
  flattened,
];
