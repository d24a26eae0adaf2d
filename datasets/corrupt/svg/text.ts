import { between, pick } from '../random.ts';
import { misspelt } from '../spelling.ts';
import { partOperator, type SvgOperator } from './operator.ts';
import { textOf } from './words.ts';
import { scaled, short, withText } from './write.ts';

const category = 'text_symbol_error';

const changed = partOperator(
  {
    name: 'text-changed',
    category,
    severity: '3 when a digit changes, else 2',
    does: 'changes one letter or digit of a text',
  },
  (part, _source, random) => {
    const texts = part.texts.filter(({ value }) => value.trim() !== '');
    const [text] = texts;
    if (part.name !== 'text' || !text) return undefined;
    const wrong = misspelt(text.value, random);
    if (wrong === undefined) return undefined;
    return {
      severity: wrong.digit ? 3 : 2,
      says: ` reads "${wrong.text.trim()}".`,
      edits: [withText(text, wrong.text)],
    };
  },
);

const missing = partOperator(
  { name: 'text-missing', category, severity: '3', does: 'takes a text away' },
  (part) =>
    part.name !== 'text' || textOf(part) === ''
      ? undefined
      : { severity: 3, says: ' is missing.', edits: [{ start: part.start, end: part.end, text: '' }] },
);

const resized = partOperator(
  {
    name: 'text-resized',
    category,
    severity: '1',
    does: 'draws a text at 60% of its size',
  },
  (part) =>
    part.name !== 'text' || !part.bounds || textOf(part) === ''
      ? undefined
      : { severity: 1, says: ' is too small: about 60% of its right size.', edits: [scaled(part, 0.6, 0.6)] },
);

/** Drawn as outlines, so that they look the same whatever fonts there are. In a square from -1 to 1. */
const symbols = {
  'plus sign': 'M-1 -.25H-.25V-1H.25V-.25H1V.25H.25V1H-.25V.25H-1Z',
  cross: 'M-1 -.7L-.7 -1L0 -.3L.7 -1L1 -.7L.3 0L1 .7L.7 1L0 .3L-.7 1L-1 .7L-.3 0Z',
  'tick mark': 'M-1 .1L-.7 -.2L-.3 .3L.7 -.8L1 -.5L-.3 .9Z',
  'letter L': 'M-.7 -1H-.2V.5H.7V1H-.7Z',
} as const;
const kinds = ['plus sign', 'cross', 'tick mark', 'letter L'] as const;
const inks = ['#111111', '#dc2626', '#2563eb'] as const;
/** Lets a sign stand out from a ground of its own colour. */
const rim = 'stroke="#ffffff" stroke-width="0.25"';

const extra: SvgOperator = {
  name: 'symbol-extra',
  category,
  severity: '2',
  does: 'draws a sign or letter that is not in the picture',
  *propose({ end, view: [left, top, width, height] }, random) {
    for (let tries = 0; tries < 8; tries += 1) {
      const [x, y] = [between(random, 0.12, 0.88), between(random, 0.12, 0.88)];
      const r = between(random, 0.05, 0.08) * Math.min(width, height);
      const kind = pick(random, kinds);
      const place = `translate(${short(left + x * width)} ${short(top + y * height)}) scale(${short(r)})`;
      const text = `<path d="${symbols[kind]}" transform="${place}" fill="${pick(random, inks)}" ${rim}/>`;
      yield {
        severity: 2,
        location: `${Math.round(x * 100)}% from the left, ${Math.round(y * 100)}% from the top`,
        description: `A ${kind} is there that should not be.`,
        box: [x - r / width, y - r / height, (2 * r) / width, (2 * r) / height],
        edits: [{ start: end, end, text }],
        touches: [],
      };
    }
  },
};

export const textOperators: readonly SvgOperator[] = [changed, missing, resized, extra];
