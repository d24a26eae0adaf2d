import type { Damage, KnownPicture } from '../../datasets/known.ts';

/** The damages that a draft of a known picture holds, in the manifest's order. */
export type Damages = readonly Damage[];

/** The picture's code with these damages done to it. */
export function damagedCode({ code }: KnownPicture, damages: Damages): string {
  return damages.reduce((text, { right, wrong }) => text.replace(right, () => wrong), code);
}

/** Every set of damages that a draft of this picture can hold: 2^n of them. */
export function allDrafts({ damages }: KnownPicture): Damages[] {
  return Array.from({ length: 2 ** damages.length }, (_, mask) =>
    damages.filter((_damage, bit) => (mask >> bit) & 1),
  );
}

export function draftKey(damages: Damages): string {
  return damages.map(({ name }) => name).join('+');
}

/** A draft as a text quotes it. */
export interface Quoted {
  readonly damages: Damages;
  /** Damages of which nothing can be said, since their place in the code is missing: the draft was cut off. */
  readonly lost: Damages;
}

/**
 * Which damages the last draft quoted in a text holds, read off the fragments so that no prompt's wording
 * matters. Undefined without any draft.
 */
export function quotedDraft({ damages }: KnownPicture, text: string): Quoted | undefined {
  const seen = damages.map((damage) => ({
    damage,
    right: text.lastIndexOf(damage.right),
    wrong: text.lastIndexOf(damage.wrong),
  }));
  const lost = seen.filter(({ right, wrong }) => right < 0 && wrong < 0);
  if (lost.length === seen.length) return undefined;
  const held = seen.filter(({ right, wrong }) => wrong > right);
  return { damages: held.map(({ damage }) => damage), lost: lost.map(({ damage }) => damage) };
}
