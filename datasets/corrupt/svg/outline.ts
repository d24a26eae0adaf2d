import { between } from '../random.ts';
import { numbersIn } from './bounds.ts';
import { isGround, partOperator, type SvgOperator } from './operator.ts';
import { scaled, short, withAttributes, within } from './write.ts';

const category = 'shape_error';

/** Attributes that say where a circle, ellipse or rectangle is, taken away when it becomes another shape. */
const placed = {
  ...{ cx: undefined, cy: undefined, r: undefined, rx: undefined, ry: undefined },
  ...{ x: undefined, y: undefined, width: undefined, height: undefined },
};

const squeezed = partOperator(
  {
    name: 'part-squeezed',
    category,
    severity: '2',
    does: 'makes a part narrower or flatter by a third to a half',
  },
  (part, _source, random) => {
    if (!part.bounds || isGround(part) || part.name === 'text') return undefined;
    const factor = between(random, 0.5, 0.68);
    const flat = random() < 0.5;
    return {
      severity: 2,
      says: ` is too ${flat ? 'flat' : 'narrow'}: about ${Math.round(factor * 100)}% of its right ${flat ? 'height' : 'width'}.`,
      edits: [flat ? scaled(part, 1, factor) : scaled(part, factor, 1)],
    };
  },
);

const turned = partOperator(
  {
    name: 'part-turned',
    category,
    severity: '2 from 20 degrees, else 1',
    does: 'turns a part about its middle by 12 to 40 degrees',
  },
  (part, _source, random) => {
    if (!part.bounds || isGround(part) || part.name === 'circle' || part.name === 'text') return undefined;
    const [left, top, right, bottom] = part.bounds;
    const angle = Math.round(between(random, 12, 40)) * (random() < 0.5 ? -1 : 1);
    return {
      severity: Math.abs(angle) >= 20 ? 2 : 1,
      says: ` is turned by about ${Math.abs(angle)} degrees ${angle > 0 ? '' : 'counter'}clockwise.`,
      edits: [within(part, `rotate(${angle} ${short((left + right) / 2)} ${short((top + bottom) / 2)})`)],
    };
  },
);

const slanted = partOperator(
  { name: 'part-slanted', category, severity: '1', does: 'slants a part by 15 to 25 degrees' },
  (part, _source, random) => {
    if (!part.bounds || isGround(part) || part.name === 'text' || part.name === 'line') return undefined;
    const [, top, , bottom] = part.bounds;
    const angle = Math.round(between(random, 15, 25));
    const back = Math.tan((angle * Math.PI) / 180) * ((top + bottom) / 2);
    return {
      severity: 1,
      says: ` is slanted by about ${angle} degrees; it should stand upright.`,
      edits: [within(part, `translate(${short(back)} 0) skewX(${-angle})`)],
    };
  },
);

const squared = partOperator(
  { name: 'round-to-square', category, severity: '2', does: 'draws a circle or ellipse as a rectangle' },
  (part) => {
    if (!part.bounds || (part.name !== 'circle' && part.name !== 'ellipse')) return undefined;
    const [left, top, right, bottom] = part.bounds;
    const size = { width: short(right - left), height: short(bottom - top) };
    const square = { ...placed, x: short(left), y: short(top), ...size };
    const tag = withAttributes(part, square, 'rect');
    return {
      severity: 2,
      says: ' has corners like a rectangle; it should be round.',
      edits: part.tag.empty ? [tag] : [{ start: part.start, end: part.end, text: emptied(tag.text) }],
    };
  },
);

const emptied = (tag: string) => `${tag.slice(0, -1)}/>`;

const rounded = partOperator(
  {
    name: 'corners-changed',
    category,
    severity: '2 when fully round ends become square, else 1',
    does: 'rounds the corners of a rectangle, or makes round corners square',
  },
  (part) => {
    if (part.name !== 'rect' || !part.bounds) return undefined;
    const [left, top, right, bottom] = part.bounds;
    const side = Math.min(right - left, bottom - top);
    const own = Number(part.attributes.get('rx') ?? part.attributes.get('ry') ?? 0);
    const square = own > side / 10;
    return {
      severity: own >= side * 0.45 ? 2 : 1,
      says: square
        ? ' has square corners; they should be round.'
        : ' has round corners; they should be square.',
      edits: [withAttributes(part, { rx: square ? '0' : short(side * 0.35), ry: undefined })],
    };
  },
);

const pulled = partOperator(
  {
    name: 'corner-pulled',
    category,
    severity: '2',
    does: 'moves one corner of a polygon by a third of its size',
  },
  (part, _source, random) => {
    if ((part.name !== 'polygon' && part.name !== 'polyline') || !part.bounds) return undefined;
    const points = numbersIn(part.attributes.get('points') ?? '');
    const corners = Math.floor(points.length / 2);
    const at = 2 * Math.floor(random() * corners);
    const [left, top, right, bottom] = part.bounds;
    const [x = 0, y = 0] = [points[at], points[at + 1]];
    const inwards = (value: number, low: number, high: number) =>
      value + (value < (low + high) / 2 ? 1 : -1) * 0.35 * (high - low);
    const changed = points.with(at, inwards(x, left, right)).with(at + 1, inwards(y, top, bottom));
    return {
      severity: 2,
      says: ' has one corner in the wrong place.',
      edits: [withAttributes(part, { points: changed.map(short).join(' ') })],
    };
  },
);

export const outlineOperators: readonly SvgOperator[] = [squeezed, turned, slanted, squared, rounded, pulled];
