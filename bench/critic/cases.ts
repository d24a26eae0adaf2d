import type { Discrepancy } from '../../core/discrepancy.ts';
import { DatasetError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import type { Corrupter } from '../../datasets/corrupt/corrupt.ts';
import type { KnownPicture } from '../../datasets/known.ts';
import type { Verisim } from '../../runtime/verisim.ts';

/** Something that can be wrong with a picture, under a name of its own. */
interface Damage extends Discrepancy {
  readonly name: string;
}

/** A picture, what can be wrong with it, and its code with some of that. */
interface Damageable extends Pick<KnownPicture, 'name' | 'task' | 'language' | 'picture'> {
  readonly damages: readonly Damage[];
  draft(done: readonly Damage[]): string;
}

/** A known picture with the damages that its manifest labels. */
export function labelled(known: KnownPicture): Damageable {
  return {
    ...known,
    draft: (done) =>
      known.damages
        .filter(({ name }) => done.some((damage) => damage.name === name))
        .reduce((text, { right, wrong }) => text.replace(right, () => wrong), known.code),
  };
}

/**
 * A known picture with damages that operators do to its code (datasets/corrupt/).
 * @throws DatasetError when the code cannot be damaged; the signal's reason when aborted.
 */
export async function corrupted(
  known: KnownPicture,
  { corrupter, seed, count }: { corrupter: Corrupter; seed: number; count: number },
  signal?: AbortSignal,
): Promise<Damageable> {
  const { task, language, code } = known;
  const wanted = { task: task.name, language: language.name, seed, count };
  const damaged = await corrupter.corrupt(code, wanted, signal);
  const damages = damaged.discrepancies.map((discrepancy, index) => ({
    ...discrepancy,
    name: `${index + 1}-${damaged.operators[index] ?? ''}`,
  }));
  return { ...known, damages, draft: (done) => damaged.with(done.map((one) => damages.indexOf(one))) };
}

/** A picture and its code drawn with some of its damages: none, one, or all of them. */
export interface DamageCase {
  /** `icon`, `icon/moon-small`, `icon/all`. */
  readonly id: string;
  readonly picture: string;
  readonly task: string;
  readonly damages: readonly Damage[];
  readonly reference: Picture;
  candidate(signal?: AbortSignal): Promise<Picture>;
}

export function casesOf(
  { name, task, language, picture, damages, draft }: Damageable,
  verisim: Verisim,
): DamageCase[] {
  const caseOf = (id: string, done: readonly Damage[]): DamageCase => ({
    id,
    picture: name,
    task: task.name,
    damages: done,
    reference: picture,
    async candidate(signal) {
      const { width, height } = picture;
      const result = await verisim.render(draft(done), {
        task: task.name,
        language: language.name,
        size: { width, height },
        ...(signal && { signal }),
      });
      if (result.kind === 'rendered') return result.picture;
      throw new DatasetError(`The labelled damage ${id} does not render: ${result.message}`);
    },
  });
  return [
    caseOf(name, []),
    ...damages.map((damage) => caseOf(`${name}/${damage.name}`, [damage])),
    ...(damages.length > 1 ? [caseOf(`${name}/all`, damages)] : []),
  ];
}
