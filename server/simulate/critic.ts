import { countsByCategory } from '../../core/critique.ts';
import type { Task } from '../../core/task.ts';
import type { Damage, KnownPicture } from '../../datasets/known.ts';
import type { Damages } from './draft.ts';
import type { SimulateOptions } from './options.ts';
import { pick, type Random } from './random.ts';

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

/** What the critic says of a draft with these damages; `fields` are the error's fields that a schema allows. */
export function playCritic(
  { task, damages: known }: KnownPicture,
  damages: Damages,
  { miss, invent }: SimulateOptions,
  random: Random,
  fields?: readonly string[],
): string {
  const listed = known.filter((damage) => {
    const draw = random();
    return damages.includes(damage) ? draw >= miss : draw < invent;
  });
  const counts = Object.entries(countsByCategory(task.categories, listed));
  const answer = {
    errors: listed.map((damage) => errorOf(damage, fields ?? usualFields(task))),
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

function errorOf(damage: Damage, fields: readonly string[]): Record<string, unknown> {
  const all = { ...damage, type: damage.category };
  return Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)));
}
