import { DatasetError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import type { Damage, KnownPicture } from '../../datasets/known.ts';
import type { Verisim } from '../../runtime/verisim.ts';

/** A known picture and its code drawn with some of its labelled damages: none, one, or all of them. */
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
  { name, task, language, picture, code, damages }: KnownPicture,
  verisim: Verisim,
): DamageCase[] {
  const caseOf = (id: string, done: readonly Damage[]): DamageCase => ({
    id,
    picture: name,
    task: task.name,
    damages: done,
    reference: picture,
    async candidate(signal) {
      const damaged = done.reduce((text, { right, wrong }) => text.replace(right, () => wrong), code);
      const { width, height } = picture;
      const result = await verisim.render(damaged, {
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
