import { languageOf, taskNamed } from '../../core/tasks/index.ts';
import type { Corrupter } from '../../datasets/corrupt/corrupt.ts';
import type { Sample } from '../../datasets/sample.ts';
import type { Flaw, Subject } from './subject.ts';

export interface CorruptedOptions {
  readonly corrupter: Corrupter;
  /** The same seed gives the same flaws. */
  readonly seed: number;
  /** Flaws wanted; code with fewer places gets fewer. */
  readonly count: number;
}

const HOLDS = 'holds';

/**
 * A picture of any dataset that has its code, with flaws that the corrupter thinks of. A draft is known again by its
 * comment, which names its flaws; a draft whose comment was cut off is none.
 * @throws DatasetError when the code cannot be read or does not render.
 */
export async function corruptedSubject(
  sample: Sample & { readonly code: string },
  { corrupter, seed, count }: CorruptedOptions,
): Promise<Subject> {
  const { id, code, language: name } = sample;
  const task = taskNamed(sample.task);
  const language = languageOf(task, name);
  const damaged = await corrupter.corrupt(code, { task: task.name, language: language.name, seed, count });
  const flaws: Flaw[] = damaged.discrepancies.map((discrepancy, index) => ({
    ...discrepancy,
    name: `${index}-${damaged.operators[index] ?? ''}`,
  }));
  const places = (some: readonly Flaw[]) =>
    some.map((flaw) => flaws.indexOf(flaw)).filter((place) => place >= 0);
  return {
    name: id,
    task,
    language,
    picture: await sample.picture(),
    flaws,
    draft: (some) => damaged.with(places(some)),
    mark: (some) => ` ${HOLDS} [${places(some).join(',')}]`,
    quoted(text) {
      const last = [...text.matchAll(/simulated draft \d{1,6} holds \[([\d,]{0,200})\]/g)].at(-1);
      if (!last) return undefined;
      const held = new Set((last[1] ?? '').split(',').map(Number));
      return { flaws: flaws.filter((_, place) => last[1] !== '' && held.has(place)), lost: [] };
    },
  };
}
