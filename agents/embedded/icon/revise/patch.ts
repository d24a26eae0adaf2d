import type { Pixels, Size } from '../../../../tools/image/pixels.ts';
import { withElements } from '../document.ts';
import { fineTracers } from '../draft.ts';
import type { Place } from './edits.ts';

/** A larger place is better drawn anew than patched. */
const LARGEST = 0.3;

/** The draft with a place traced by itself laid over it: where nothing else helps. */
export async function patched(
  code: string,
  pixels: Pixels,
  place: Place,
  signal?: AbortSignal,
): Promise<string[]> {
  const { left, top } = place;
  const [width, height] = [place.right - left, place.bottom - top];
  if (width < 2 || height < 2 || width * height > LARGEST * pixels.width * pixels.height) return [];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * pixels.width + left) * 3;
    data.set(pixels.data.subarray(from, from + width * 3), y * width * 3);
  }
  const scale = viewScale(code, pixels);
  const transform = scale === 1 ? '' : `scale(${scale}) `;
  const drafts: string[] = [];
  for (const trace of fineTracers) {
    const elements = await trace({ width, height, data }, signal);
    drafts.push(
      withElements(code, [`<g transform="${transform}translate(${left} ${top})">${elements.join('')}</g>`]),
    );
  }
  return drafts;
}

/** Drafts by others may have another view box than our pixels: one factor brings our coordinates into theirs. */
function viewScale(code: string, { width }: Size): number {
  const view = /viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)/.exec(code)?.[1];
  return view === undefined ? 1 : Number((Number(view) / width).toFixed(5));
}
