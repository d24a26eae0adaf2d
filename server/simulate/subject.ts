import type { Discrepancy } from '../../core/discrepancy.ts';
import type { Picture } from '../../core/picture.ts';
import type { Language, Task } from '../../core/task.ts';
import type { KnownPicture } from '../../datasets/known.ts';
import { damagedCode, quotedDraft } from './draft.ts';

/** One way in which drafts of a picture may be wrong. */
export interface Flaw extends Discrepancy {
  readonly name: string;
}

export type Flaws = readonly Flaw[];

/** A draft as a text quotes it. */
export interface Quoted {
  readonly flaws: Flaws;
  /** Flaws of which nothing can be said, since their place in the code is missing: the draft was cut off. */
  readonly lost: Flaws;
}

/** A picture that the simulator plays: it knows the code, and what can be wrong with it. */
export interface Subject {
  readonly name: string;
  readonly task: Task;
  readonly language: Language;
  readonly picture: Picture;
  readonly flaws: Flaws;
  /** The code with these flaws, `flaws` of this subject in their order. */
  draft(flaws: Flaws): string;
  /** What a comment in the draft tells beside its number, so that `quoted` knows the draft again; may be empty. */
  mark(flaws: Flaws): string;
  /** The last draft in a text; undefined where there is none. */
  quoted(text: string): Quoted | undefined;
}

/** A known picture, whose drafts are told by the fragments of code that its manifest names. */
export function knownSubject(known: KnownPicture): Subject {
  const { name, task, language, picture, damages } = known;
  const own = (flaws: Flaws) => damages.filter((damage) => flaws.some((flaw) => flaw.name === damage.name));
  return {
    name,
    task,
    language,
    picture,
    flaws: damages,
    draft: (flaws) => damagedCode(known, own(flaws)),
    mark: () => '',
    quoted(text) {
      const found = quotedDraft(known, text);
      return found && { flaws: found.damages, lost: found.lost };
    },
  };
}

/** Every set of flaws that a draft can hold: 2^n of them. */
export function allSets({ flaws }: Subject): Flaws[] {
  return Array.from({ length: 2 ** flaws.length }, (_, mask) =>
    flaws.filter((_flaw, bit) => (mask >> bit) & 1),
  );
}

export function keyOf(flaws: Flaws): string {
  return flaws.map(({ name }) => name).join('+');
}
