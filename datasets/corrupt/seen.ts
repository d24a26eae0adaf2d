import { DatasetError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import type { Renderer } from '../../core/render.ts';
import type { Proposal } from './damage.ts';
import { differenceOf } from './difference.ts';
import { edited } from './edits.ts';

/** A difference that covers more of the picture than this has moved what is not wrong: its box says nothing. */
const LOCAL = 0.3;
/** Pixels of an icon's shorter side. */
const SIDE = 336;
/** Proposals that may turn out not to be seen, for each damage wanted, before the rest is left unlooked at. */
const PATIENCE = 12;

/**
 * Takes the first `count` proposals of which each can be seen alone and still is beside the others: what one
 * damage shows, no other hides or undoes. Boxes are measured on the renders.
 * @param draw proposals, which leave alone whatever is in `taken` at that time
 * @throws DatasetError when the clean code does not render.
 */
export async function takeSeen(
  code: string,
  count: number,
  draw: (taken: readonly Proposal[]) => Iterable<Proposal>,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Proposal[]> {
  let size: { width: number; height: number } | undefined;
  const pictureOf = async (changes: readonly Proposal[]): Promise<Picture | string> => {
    const edits = changes.flatMap((change) => change.edits);
    const result = await renderer.render({
      code: edited(code, edits),
      ...(size && { size }),
      ...(signal && { signal }),
    });
    return result.kind === 'rendered' ? result.picture : result.message;
  };
  const own = await pictureOf([]);
  if (typeof own !== 'string') size = enlarged(own);
  const drawn = size ? await pictureOf([]) : own;
  if (typeof drawn === 'string') {
    throw new DatasetError(`The code cannot be damaged, since it does not render: ${drawn}`);
  }
  const clean: Picture = drawn;
  const taken: Proposal[] = [];
  let together = clean;
  let patience = PATIENCE * count;
  const proposals = draw(taken)[Symbol.iterator]();
  for (;;) {
    for (; taken.length < count && patience > 0; patience -= 1) {
      const { done, value } = proposals.next();
      if (done) break;
      await takeIfSeen(value);
    }
    const hidden = await firstHidden();
    if (!hidden) return taken;
    taken.splice(taken.indexOf(hidden), 1);
    const rest = await pictureOf(taken);
    if (typeof rest !== 'string') together = rest;
  }

  async function takeIfSeen(proposal: Proposal): Promise<void> {
    const alone = await pictureOf([proposal]);
    const seen = typeof alone !== 'string' && (await differenceOf(clean, alone));
    if (!seen) return;
    const both = taken.length === 0 ? alone : await pictureOf([...taken, proposal]);
    if (typeof both === 'string' || !(await differenceOf(together, both))) return;
    taken.push(withBox(proposal, seen.box));
    together = both;
  }

  /** A damage without which the picture with all the others would look the same. */
  async function firstHidden(): Promise<Proposal | undefined> {
    for (const one of taken.length > 1 ? taken : []) {
      const without = await pictureOf(taken.filter((other) => other !== one));
      if (typeof without === 'string' || !(await differenceOf(together, without))) return one;
    }
    return undefined;
  }
}

/** Icons say sizes of a few pixels, in which nothing could be seen; other pictures keep the size of their code. */
function enlarged({ width, height }: Picture): { width: number; height: number } | undefined {
  const scale = SIDE / Math.min(width, height);
  if (scale <= 1) return undefined;
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function withBox(proposal: Proposal, box: Proposal['box'] & {}): Proposal {
  const { box: known, ...rest } = proposal;
  return box[2] * box[3] < LOCAL || known ? { ...rest, box } : rest;
}
