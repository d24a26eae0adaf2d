import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { Renderer } from '../../../../core/render.ts';
import type { Pixels } from '../../../../tools/image/pixels.ts';
import { improves, type Judge, type Judged, WORSE } from '../judge.ts';
import type { Alternatives } from './alternatives.ts';
import { type Dissected, grafted, placeOf, repainted, shownIn, within, without } from './edits.ts';
import { leavesOf } from './leaves.ts';
import { nudged } from './nudge.ts';
import { patched } from './patch.ts';
import { topmost } from './topmost.ts';

/** The worst flagged places that one round works on. */
const PLACES = 6;
/** Drafts that one round may render and judge. */
const MOST_TRIES = 60;
/** Pixels around a flagged place that an edit may touch. */
const MARGIN = 3;

export interface Revision {
  readonly draft: Judged;
  readonly flagged: readonly Discrepancy[];
  readonly pixels: Pixels;
  /** Whole readings of the picture that differ from the first one. */
  readonly others: Alternatives;
  readonly judge: Judge;
  readonly renderer: Renderer;
  readonly signal?: AbortSignal;
}

/**
 * Works on what the critic flagged, worst first. What it says of a place decides what is tried there: another
 * paint, leaving an element out, the same place as other readings have it, its numbers moved a little. An edit
 * stays only if it lowers the severity, then the residual. Returns the draft itself when none does.
 */
export async function revise(revision: Revision): Promise<Judged> {
  const { draft, flagged, pixels, others, judge, renderer, signal } = revision;
  let current = draft;
  let tries = 0;
  const keep = async (code: string | undefined): Promise<boolean> => {
    if (code === undefined || tries >= MOST_TRIES) return false;
    tries++;
    const judged = await judge(code, current.residual * WORSE);
    if (!judged || !improves(judged, current)) return false;
    current = judged;
    return true;
  };
  const dissect = async (code: string): Promise<Dissected | undefined> => {
    const leaves = leavesOf(code);
    const shown = await topmost(code, leaves, pixels, renderer, signal);
    return shown && { code, leaves, shown };
  };
  const taken = new Map<number, Dissected | undefined>();
  const other = async (index: number) => {
    if (!taken.has(index)) taken.set(index, await dissect(await others.at(index)));
    return taken.get(index);
  };
  const worst = [...flagged].sort((a, b) => b.severity - a.severity).slice(0, PLACES);
  for (const { box, category } of worst) {
    if (!box) continue;
    const place = placeOf(box, pixels, MARGIN);
    const here = await dissect(current.code);
    if (!here) continue;
    const counts = shownIn(here, pixels.width, place);
    const most = counts.reduce((best, { inside }, i) => (inside > (counts[best]?.inside ?? 0) ? i : best), 0);
    if (category === 'style_error') {
      for (const code of repainted(here, most, pixels)) await keep(code);
    }
    if (category === 'structure_error') {
      for (const index of within(here, pixels.width, place)) await keep(without(here, [index]));
    }
    for (let k = 0; k < others.count; k++) {
      const [base, source] = [await dissect(current.code), await other(k)];
      if (base && source) await keep(grafted(base, source, pixels.width, place));
    }
    await nudged(current, place, { pixels, renderer, keep, ...(signal && { signal }) });
    for (const code of await patched(current.code, pixels, place, signal)) await keep(code);
  }
  for (let k = 0; k < others.count; k++) await keep(await others.at(k));
  return current;
}
