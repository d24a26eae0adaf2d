import type { Language } from '../../core/task.ts';
import type { KnownPicture } from '../../datasets/known.ts';
import { type Damages, damagedCode, type Quoted, quotedDraft } from './draft.ts';
import type { SimulateOptions } from './options.ts';
import { pick, type Random } from './random.ts';

const MARK = 'simulated draft';
const openings = [
  'Here is the code for the picture.',
  'I looked at the picture from the outside in: layout first, then values, then colours.',
  'The code below draws the picture as closely as I can read it.',
] as const;

export interface Draft {
  readonly damages: Damages;
  readonly reply: string;
}

/** A first draft with some of the picture's damages, or a revision of the draft that the request quotes. */
export function playGenerator(
  known: KnownPicture,
  text: string,
  options: SimulateOptions,
  random: Random,
): Draft {
  const previous = quotedDraft(known, text);
  const damages = previous ? revised(known, previous, text, options, random) : first(known, options, random);
  // Numbering the drafts makes an unchanged revision another request, which draws anew as a model's would.
  const number = previous ? 1 + Number(text.match(new RegExp(`.*${MARK} (\\d{1,6})`, 's'))?.[1] ?? 1) : 1;
  const code = marked(known.language, damagedCode(known, damages).trimEnd(), `${MARK} ${number}`);
  const thought = random() < 0.3 ? '<think>\nLayout, then text, then colours.\n</think>\n\n' : '';
  const opening = previous ? 'I corrected what the list names and kept the rest.' : pick(random, openings);
  return {
    damages,
    reply: `${thought}${opening}\n\n\`\`\`${known.language.fences[0] ?? ''}\n${code}\n\`\`\`\n`,
  };
}

function first({ damages }: KnownPicture, { damage }: SimulateOptions, random: Random): Damages {
  const drawn = damages.filter(() => random() < damage);
  const atLeast = damages[Math.floor(random() * damages.length)];
  return drawn.length === 0 && damage > 0 && atLeast ? [atLeast] : drawn;
}

function revised(
  { damages }: KnownPicture,
  previous: Quoted,
  text: string,
  { damage: rate, mend, newDamage }: SimulateOptions,
  random: Random,
): Damages {
  const said = collapsed(text);
  const left = previous.damages.filter(
    ({ description }) => !(random() < mend && said.includes(collapsed(description))),
  );
  const rewritten = previous.lost.filter(() => random() < rate);
  const others = damages.filter((damage) => ![...previous.damages, ...previous.lost].includes(damage));
  const added = random() < newDamage ? others[Math.floor(random() * others.length)] : undefined;
  return damages.filter((damage) => [...left, ...rewritten, added].includes(damage));
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, ' ').toLowerCase();
}

/** The code with a comment where code extraction keeps it: within the outermost element, if there is one. */
function marked({ name }: Language, code: string, text: string): string {
  if (name === 'matplotlib') return `# ${text}\n${code}`;
  const end = code.lastIndexOf('</');
  return end < 0 ? `<!-- ${text} -->\n${code}` : `${code.slice(0, end)}<!-- ${text} -->\n${code.slice(end)}`;
}
