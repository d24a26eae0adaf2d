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
  const clean = size ? await pictureOf([]) : own;
  if (typeof clean === 'string') {
    throw new DatasetError(`The code cannot be damaged, since it does not render: ${clean}`);
  }
  const taken: Proposal[] = [];
  let together = clean;
  let patience = PATIENCE * count;
  for (const proposal of draw(taken)) {
    if (taken.length >= count || patience <= 0) break;
    patience -= 1;
    const alone = await pictureOf([proposal]);
    const seen = typeof alone !== 'string' && (await differenceOf(clean, alone));
    if (!seen) continue;
    const measured = withBox(proposal, seen.box);
    if (taken.length > 0) {
      const all = [...taken, measured];
      const both = await pictureOf(all);
      if (typeof both === 'string' || !(await differenceOf(together, both))) continue;
      if (!(await eachIsSeen(taken, measured, both))) continue;
      together = both;
    } else if (typeof alone !== 'string') together = alone;
    taken.push(measured);
  }
  return taken;

  /** Whether the picture with all damages would look another without any one of the earlier ones. */
  async function eachIsSeen(earlier: readonly Proposal[], last: Proposal, all: Picture): Promise<boolean> {
    for (const one of earlier) {
      const without = await pictureOf([...earlier.filter((other) => other !== one), last]);
      if (typeof without === 'string' || !(await differenceOf(all, without))) return false;
    }
    return true;
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
