import type { Damage, KnownPicture } from './known.ts';

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

/**
 * Which damages the last draft quoted in a text holds, read off the fragments so that no prompt's wording
 * matters. A fragment that was lost (the reply was cut off) counts as not damaged. Undefined without any draft.
 */
export function quotedDraft({ damages }: KnownPicture, text: string): Damages | undefined {
  const seen = damages.map((damage) => ({
    damage,
    right: text.lastIndexOf(damage.right),
    wrong: text.lastIndexOf(damage.wrong),
  }));
  if (seen.every(({ right, wrong }) => right < 0 && wrong < 0)) return undefined;
  return seen.filter(({ right, wrong }) => wrong > right).map(({ damage }) => damage);
}
