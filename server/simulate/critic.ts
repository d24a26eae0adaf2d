import { countsByCategory } from '../../core/critique.ts';
import type { Task } from '../../core/task.ts';
import type { Profile } from './options.ts';
import { pick, type Random } from './random.ts';
import type { Flaw, Flaws, Subject } from './subject.ts';

const prefaces = [
  '',
  'I compared the two pictures region by region.\n\n',
  '<think>\nReference first, then the candidate.\n</think>\n\n',
] as const;
const ramblings = [
  'Both pictures look fine to me. They have a pleasant composition.',
  'I am sorry, I cannot compare these pictures.',
  'First picture, second picture, first picture, second picture, first picture, second picture, and so on.',
] as const;

type Skill = Pick<Profile, 'miss' | 'swapMiss' | 'invent' | 'misgrade'> & { readonly swapped?: boolean };

/** What the critic says of a draft with these flaws; `fields` are the error's fields that a schema allows. */
export function playCritic(
  { task, flaws: known }: Subject,
  flaws: Flaws,
  { miss, swapMiss, swapped = false, invent, misgrade }: Skill,
  random: Random,
  fields?: readonly string[],
): string {
  const overlooked = swapped ? Math.min(1, miss + swapMiss) : miss;
  const listed = known
    .filter((flaw) => {
      const draw = random();
      return flaws.includes(flaw) ? draw >= overlooked : draw < invent;
    })
    .map((flaw) => (misgrade > 0 && random() < misgrade ? misgraded(flaw, random) : flaw));
  const counts = Object.entries(countsByCategory(task.categories, listed));
  const answer = {
    errors: listed.map((flaw) => errorOf(flaw, fields ?? usualFields(task))),
    ...Object.fromEntries(counts.map(([category, count]) => [`${category}_count`, count])),
  };
  if (fields) return JSON.stringify(answer);
  const json = JSON.stringify(answer, null, 2);
  const fenced = random() < 0.5 ? `\`\`\`json\n${json}\n\`\`\`` : json;
  return pick(random, prefaces) + fenced;
}

/** A reply without any JSON. */
export function ramble(random: Random): string {
  return pick(random, ramblings);
}

/** JSON broken in ways that models break it and that can still be read: quotes, commas, the closing brackets. */
export function garble(json: string, random: Random): string {
  const ways = [
    (text: string) => text.replace(/\}(\s*)\]/g, '},$1]'),
    (text: string) => text.replace(/"([a-z_]+)":/g, '$1:'),
    (text: string) => text.replace(/\}\s*(```\s*)?$/, ''),
  ] as const;
  return pick(random, ways)(json);
}

/** The task's own fields, as Visual-ERM writes them, and a box where the damage has one. */
export function usualFields({ critic }: Task): readonly string[] {
  return [...critic.errorFields, 'box'];
}

/** One up or down, as far as the scale goes. */
function misgraded(flaw: Flaw, random: Random): Flaw {
  const up = random() < 0.5;
  const severity = flaw.severity === 2 ? (up ? 3 : 1) : 2;
  return { ...flaw, severity };
}

function errorOf(flaw: Flaw, fields: readonly string[]): Record<string, unknown> {
  const all = { ...flaw, type: flaw.category };
  return Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)));
}
