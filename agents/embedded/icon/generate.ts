import { RenderError } from '../../../core/errors.ts';
import type { GenerateRequest } from '../../../core/generator.ts';
import type { Renderer } from '../../../core/render.ts';
import { calmShare } from '../../../tools/image/calm.ts';
import { fitWithin, type Pixels, pixelsOf, type Size } from '../../../tools/image/pixels.ts';
import { otherDrafts, ownDrafts } from './draft.ts';
import { best, iconBudget, iconJudge, isBetter, type Judge, type Judged } from './judge.ts';
import { revise } from './revise.ts';

/** Larger pictures are read at this many pixels; a picture without calm places at far fewer. */
const MAX_PIXELS = 600_000;
const MAX_BUSY_PIXELS = 60_000;
/** A residual below this is anti-aliasing. */
const GOOD = 0.02;
/** Below this share of calm pixels a picture is no icon. */
const CALM = 0.55;

export interface IconReading {
  readonly code: string;
  /** Nothing better was found than the draft given. */
  readonly exhausted: boolean;
  /** 0 to 1, by what the critic still holds against the code. */
  readonly confidence: number;
}

/** Reads an icon, or revises a draft of it by what its critic flagged. */
export async function generateIcon(
  { image, previous, signal }: GenerateRequest,
  renderer: Renderer,
): Promise<IconReading> {
  const look = await pixelsOf(image, fitWithin(image, MAX_PIXELS));
  const calm = calmShare(look) >= CALM;
  const pixels = calm ? look : await pixelsOf(image, fitWithin(image, MAX_BUSY_PIXELS));
  const judge = iconJudge({ renderer, reference: pixels, budget: iconBudget, ...(signal && { signal }) });
  const draft = previous && (await judge(previous.code));
  if (!draft) {
    const first = await firstDraft(pixels, image, calm, judge, signal);
    if (!first) throw new RenderError(`The renderer "${renderer.name}" drew none of the tracings.`);
    return { code: first.code, exhausted: false, confidence: confidenceOf(first, calm) };
  }
  // The run's own critic may be another than ours: where it names no place, ours does.
  const named = previous.feedback.kind === 'critique' ? previous.feedback.discrepancies : [];
  const flagged = named.some(({ box }) => box) ? named : draft.discrepancies;
  const revised = calm
    ? await revise({ draft, flagged, pixels, size: image, judge, ...(signal && { signal }) })
    : draft;
  return { code: revised.code, exhausted: revised === draft, confidence: confidenceOf(revised, calm) };
}

/** Our own tracer is cheap and writes the better code: the others are only asked where it leaves something wrong. */
async function firstDraft(
  pixels: Pixels,
  size: Size,
  calm: boolean,
  judge: Judge,
  signal?: AbortSignal,
): Promise<Judged | undefined> {
  const own = calm ? await best(judge, await ownDrafts(pixels, size)) : undefined;
  if (own && own.severity === 0 && own.residual < GOOD) return own;
  const other = await best(judge, await otherDrafts(pixels, size, calm, signal));
  return own && !(other && isBetter(other, own)) ? own : other;
}

/** Halves with each four severities left, and falls with the residual; a picture that is no icon stays below 0.2. */
function confidenceOf({ severity, residual }: Judged, calm: boolean): number {
  const confidence = 2 ** (-severity / 4) * Math.max(0, 1 - 4 * residual);
  return Number((calm ? confidence : Math.min(0.2, confidence)).toFixed(3));
}
