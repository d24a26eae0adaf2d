import type { Box, Discrepancy } from '../../../core/discrepancy.ts';
import type { Pixels, Size } from '../../../tools/image/pixels.ts';
import { svgOf, withElements } from './document.ts';
import { fineTracers } from './draft.ts';
import { isBetter, type Judge, type Judged } from './judge.ts';
import type { Tracer } from './tracers.ts';

/** The worst flagged places that one round works on; each costs some renders. */
const PLACES = 6;
const MARGIN = 4;

export interface Revision {
  readonly draft: Judged;
  readonly flagged: readonly Discrepancy[];
  readonly pixels: Pixels;
  readonly size: Size;
  readonly judge: Judge;
  readonly signal?: AbortSignal;
}

/**
 * Works on what the critic flagged, worst first: each place is traced again, finer, and laid over the draft.
 * An edit stays only if it lowers the severity, then the residual. Returns the draft itself when none does.
 */
export async function revise({ draft, flagged, pixels, size, judge, signal }: Revision): Promise<Judged> {
  let current = draft;
  const keep = async (code: string) => {
    const judged = await judge(code);
    if (judged && isBetter(judged, current)) current = judged;
  };
  const worst = [...flagged].sort((a, b) => b.severity - a.severity);
  const scale = (element: string) =>
    view.scale === 1 ? element : `<g transform="scale(${view.scale})">${element}</g>`;
  const view = { scale: viewScale(draft.code, pixels) };
  for (const { box } of worst.slice(0, PLACES)) {
    if (!box) continue;
    for (const trace of fineTracers) {
      await keep(withElements(current.code, (await patch(pixels, box, trace, signal)).map(scale)));
    }
  }
  for (const trace of fineTracers) await keep(svgOf(await trace(pixels, signal), pixels, size));
  return current;
}

/** A flagged place traced by itself, moved to where it lies. */
async function patch(pixels: Pixels, box: Box, trace: Tracer, signal?: AbortSignal): Promise<string[]> {
  const left = Math.max(0, Math.floor(box[0] * pixels.width) - MARGIN);
  const top = Math.max(0, Math.floor(box[1] * pixels.height) - MARGIN);
  const right = Math.min(pixels.width, Math.ceil((box[0] + box[2]) * pixels.width) + MARGIN);
  const bottom = Math.min(pixels.height, Math.ceil((box[1] + box[3]) * pixels.height) + MARGIN);
  const [width, height] = [right - left, bottom - top];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * pixels.width + left) * 3;
    data.set(pixels.data.subarray(from, from + width * 3), y * width * 3);
  }
  const elements = await trace({ width, height, data }, signal);
  return [`<g transform="translate(${left} ${top})">${elements.join('')}</g>`];
}

/** Drafts by others may have another view box than our pixels: one factor brings our coordinates into theirs. */
function viewScale(code: string, { width }: Size): number {
  const view = /viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)/.exec(code)?.[1];
  return view === undefined ? 1 : Number((Number(view) / width).toFixed(5));
}
