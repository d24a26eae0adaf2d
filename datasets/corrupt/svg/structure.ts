import type { Severity } from '../../../core/discrepancy.ts';
import { between, pick, shuffled } from '../random.ts';
import { isGround, keyOf, partOperator, type SvgOperator } from './operator.ts';
import type { Part } from './source.ts';
import { bySize, inWords, nameOf, placeOf } from './words.ts';
import { scaled, short, transformed } from './write.ts';

const category = 'structure_error';
const bySizeRule = '3 from a tenth of the picture, 2 from a hundredth, else 1';

const missing = partOperator(
  { name: 'part-missing', category, severity: bySizeRule, does: 'takes a part away' },
  (part, { parts }) =>
    part.name === 'text' || parts.length < 2
      ? undefined
      : {
          severity: bySize(part),
          says: ' is missing.',
          edits: [{ start: part.start, end: part.end, text: '' }],
        },
);

const movedPart = partOperator(
  {
    name: 'part-moved',
    category,
    severity: '2 when moved by a tenth of the picture or more, else 1',
    does: 'moves a part by 6 to 18% of the picture',
  },
  (part, { view }, random) => {
    if (isGround(part) || part.name === 'text') return undefined;
    const angle = between(random, 0, 2 * Math.PI);
    const far = between(random, 0.06, 0.18);
    const [, , width, height] = view;
    const [dx, dy] = [Math.cos(angle) * far * width, Math.sin(angle) * far * height];
    const way = Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 'right' : 'left') : dy > 0 ? 'down' : 'up';
    return {
      severity: far >= 0.1 ? 2 : 1,
      says: ` is too far ${way} by about ${Math.round(far * 100)}% of the picture's size.`,
      edits: [transformed(part, `translate(${short(dx)} ${short(dy)})`)],
    };
  },
);

const resized = partOperator(
  {
    name: 'part-resized',
    category,
    severity: '2 when a third smaller or larger, else 1',
    does: 'scales a part about its middle by 0.55 to 0.75 or 1.3 to 1.5',
  },
  (part, _source, random) => {
    if (!part.bounds || isGround(part) || part.name === 'text') return undefined;
    const factor = random() < 0.6 ? between(random, 0.55, 0.75) : between(random, 1.3, 1.5);
    const size = `${Math.round(factor * 100)}%`;
    return {
      severity: factor < 0.67 || factor > 1.33 ? 2 : 1,
      says: ` is too ${factor < 1 ? 'small' : 'large'}: about ${size} of the size that it should have.`,
      edits: [scaled(part, factor, factor)],
    };
  },
);

const doubled = partOperator(
  {
    name: 'part-doubled',
    category,
    severity: '2',
    does: 'draws a part a second time, a sixth of the picture further right or left',
  },
  (part, { code, view }) => {
    if (isGround(part) || part.attributes.has('id') || part.name === 'text') return undefined;
    const [x = 0, , width = 0] = part.box ?? [];
    const way = x + width / 2 < 0.5 ? 1 : -1;
    const again = transformed(part, `translate(${short((way * view[2]) / 6)} 0)`);
    return {
      severity: 2,
      says: ` is there twice; there should be one, without the copy ${way > 0 ? 'right' : 'left'} of it.`,
      edits: [{ start: part.end, end: part.end, text: again.text + code.slice(part.tag.end, part.end) }],
    };
  },
);

const extraColours = ['#e11d48', '#f59e0b', '#10b981', '#2563eb', '#7c3aed'] as const;

const extra: SvgOperator = {
  name: 'part-extra',
  category,
  severity: '2',
  does: 'draws a disc or a square that is not in the picture',
  *propose({ end, view: [left, top, width, height] }, random) {
    for (let tries = 0; tries < 8; tries += 1) {
      const [x, y] = [between(random, 0.12, 0.88), between(random, 0.12, 0.88)];
      const r = between(random, 0.05, 0.09) * Math.min(width, height);
      const [cx, cy] = [left + x * width, top + y * height];
      const fill = pick(random, extraColours);
      const disc = random() < 0.5;
      const text = disc
        ? `<circle cx="${short(cx)}" cy="${short(cy)}" r="${short(r)}" fill="${fill}"/>`
        : `<rect x="${short(cx - r)}" y="${short(cy - r)}" width="${short(2 * r)}" height="${short(2 * r)}" fill="${fill}"/>`;
      yield {
        severity: 2,
        location: `${Math.round(x * 100)}% from the left, ${Math.round(y * 100)}% from the top`,
        description: `A ${inWords(fill)} ${disc ? 'disc' : 'square'} is there that should not be.`,
        box: [x - r / width, y - r / height, (2 * r) / width, (2 * r) / height],
        edits: [{ start: end, end, text }],
        touches: [],
      };
    }
  },
};

/** Every part is compared with every later one. */
const MAX_ORDERED = 300;

const order: SvgOperator = {
  name: 'order-swapped',
  category,
  severity: '2',
  does: 'paints a part over one that should cover it',
  *propose(source, random) {
    const parts = source.parts.slice(0, MAX_ORDERED);
    const pairs = parts.flatMap((under) => {
      // Nothing painted between the two may lie over the first, or that would change as well.
      const over = parts.find((part) => part.start >= under.end && overlapOf(under, part) > 0.002);
      return over?.parent === under.parent ? [{ under, over }] : [];
    });
    for (const { under, over } of shuffled(random, pairs)) {
      yield {
        severity: 2 satisfies Severity,
        location: placeOf(over, source),
        description: `The ${nameOf(under, source)} lies over the ${nameOf(over, source)}; it should lie under it.`,
        ...(over.box && { box: over.box }),
        edits: [
          { start: under.start, end: under.end, text: '' },
          { start: over.end, end: over.end, text: source.code.slice(under.start, under.end) },
        ],
        touches: [keyOf(under), keyOf(over)],
      };
    }
  },
};

/** The share of the picture that two parts may both cover. */
function overlapOf({ box: a }: Part, { box: b }: Part): number {
  if (!a || !b) return 0;
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

export const structureOperators: readonly SvgOperator[] = [
  missing,
  extra,
  doubled,
  movedPart,
  resized,
  order,
];
