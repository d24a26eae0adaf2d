import type { Language } from '../../core/task.ts';
import type { Profile } from './options.ts';
import { pick, type Random, randomOf } from './random.ts';
import type { Flaws, Quoted, Subject } from './subject.ts';

const MARK = 'simulated draft';
const openings = [
  'Here is the code for the picture.',
  'I looked at the picture from the outside in: layout first, then values, then colours.',
  'The code below draws the picture as closely as I can read it.',
] as const;

export interface Draft {
  readonly flaws: Flaws;
  readonly reply: string;
}

type Skill = Pick<Profile, 'damage' | 'noise' | 'mend' | 'positionBias' | 'newDamage' | 'break'> & {
  seed: number;
};

/** A first draft with some of the picture's flaws, or a revision of the draft that the request quotes. */
export function playGenerator(subject: Subject, text: string, skill: Skill, random: Random): Draft {
  const { language } = subject;
  const previous = subject.quoted(text);
  const flaws = previous ? revised(subject, previous, text, skill, random) : first(subject, skill, random);
  // Numbering the drafts makes an unchanged revision another request, which draws anew as a model's would.
  const number = previous ? 1 + Number(text.match(new RegExp(`.*${MARK} (\\d{1,6})`, 's'))?.[1] ?? 1) : 1;
  const whole = marked(language, subject.draft(flaws).trimEnd(), `${MARK} ${number}${subject.mark(flaws)}`);
  const code = skill.break > 0 && random() < skill.break ? broken(language, whole) : whole;
  const thought = random() < 0.3 ? '<think>\nLayout, then text, then colours.\n</think>\n\n' : '';
  const opening = previous ? 'I corrected what the list names and kept the rest.' : pick(random, openings);
  return {
    flaws,
    reply: `${thought}${opening}\n\n\`\`\`${language.fences[0] ?? ''}\n${code}\n\`\`\`\n`,
  };
}

function first({ name, flaws }: Subject, { damage, noise, seed }: Skill, random: Random): Flaws {
  // How hard a picture is does not hang on who asks.
  const hard = noise * (2 * randomOf('hard', String(seed), name)() - 1);
  const share = damage === 0 ? 0 : Math.min(1, Math.max(0, damage + hard));
  const drawn = flaws.filter(() => random() < share);
  const atLeast = flaws[Math.floor(random() * flaws.length)];
  return drawn.length === 0 && damage > 0 && atLeast ? [atLeast] : drawn;
}

function revised(
  { flaws }: Subject,
  previous: Quoted,
  text: string,
  { damage: rate, mend, positionBias, newDamage }: Skill,
  random: Random,
): Flaws {
  const said = collapsed(text);
  // Where in the text each is named; -1: it is not.
  const places = new Map(previous.flaws.map((flaw) => [flaw, said.lastIndexOf(collapsed(flaw.description))]));
  const left = previous.flaws.filter((flaw) => {
    const place = places.get(flaw) ?? -1;
    const before = [...places.values()].filter((other) => other >= 0 && other < place).length;
    return !(random() < mend * (1 - positionBias) ** before && place >= 0);
  });
  const rewritten = previous.lost.filter(() => random() < rate);
  const others = flaws.filter((flaw) => ![...previous.flaws, ...previous.lost].includes(flaw));
  const added = random() < newDamage ? others[Math.floor(random() * others.length)] : undefined;
  return flaws.filter((flaw) => [...left, ...rewritten, added].includes(flaw));
}

/** The code got wrong so that it does not render; HTML and Markdown always render, so none of them is left. */
function broken({ name }: Language, code: string): string {
  if (name === 'matplotlib') return `${code}\n)`;
  return name === 'svg' ? code.slice(0, code.lastIndexOf('</')) : '';
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
