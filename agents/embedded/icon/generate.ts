import type { Discrepancy } from '../../../core/discrepancy.ts';
import { ModelNeeded } from '../../../core/errors.ts';
import type { GenerateRequest } from '../../../core/generator.ts';
import type { Renderer } from '../../../core/render.ts';
import { drawingNoise } from '../../../tools/image/noise.ts';
import type { Size } from '../../../tools/image/pixels.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import { recent } from '../../../tools/recent.ts';
import { svgOf } from './document.ts';
import { otherDrafts, ownDrafts } from './draft.ts';
import { best, GOOD, iconBudget, iconJudge, type Judge, type Judged } from './judge.ts';
import { type Look, lookAt } from './look.ts';
import { type Alternatives, alternatives } from './revise/alternatives.ts';
import { revise } from './revise/revise.ts';
import { shardsIn } from './shards.ts';
import { accepted } from './text/accept.ts';
import type { Alphabet } from './text/resemblance.ts';
import { type TextTools, textsOf } from './text/texts.ts';
import { type Lettering, trace, traceSettings } from './trace/trace.ts';

/** A picture that is no drawing is trusted no more than this. */
const DOUBTFUL = 0.2;
/**
 * What a residual of 1 takes off the confidence. With noise the critic lets pass what it cannot tell from noise, and
 * the residual is the only witness: of small letters it is the blur of whole strokes, of large ones little.
 */
const DOUBT = { clean: 4, noisy: 9 } as const;
/** Below 0.5, where readings count as partial. */
const PARTIAL = 0.4;
const NO_DRAWING =
  'Low confidence: this picture looks like a photo or a texture, not a drawing. A model may read it: name one as the generator.';
const SHARDS =
  'Low confidence: much of what was read is slivers along edges, as compression leaves them. A sharper picture, saved as PNG, reads better.';
const NO_DATA =
  'What looks like letters is drawn as outlines, as the language data to read them with is not installed: see verisim doctor.';

export interface IconReading {
  readonly code: string;
  /** Nothing better was found than the draft given. */
  readonly exhausted: boolean;
  /** 0 to 1, by what the critic still holds against the code. */
  readonly confidence: number;
}

/** Reads icons and revises drafts of them. */
export type IconGenerator = (request: GenerateRequest, renderer: Renderer) => Promise<IconReading>;

/**
 * Reads an icon, or revises a draft of it by what its critic flagged. What was taken apart lately is kept, so that
 * a revision need not look at the picture again.
 */
export function iconGenerator(ocr?: Ocr): IconGenerator {
  const looks = recent<Promise<Subject>>();
  const alphabets = recent<Promise<Alphabet>>();
  return async (request, renderer) => {
    const { image, signal } = request;
    const subject = await looks.of(image.digest, async () => {
      const look = await lookAt(image);
      const noisy = drawingNoise(look.pixels) > 0;
      if (!look.segmentation) return { ...look, noisy, texts: [], note: NO_DRAWING };
      const tools = ocr && { ocr, renderer, alphabets, ...(signal && { signal }) };
      const written = tools ? await writtenIn(look, image, tools) : [];
      const texts = written ?? [];
      const others = alternatives(look.segmentation, image, texts);
      const shattered = shardsIn(look.segmentation);
      return { ...look, noisy, texts, others, shattered, ...(!written && { note: NO_DATA }) };
    });
    signal?.throwIfAborted();
    return generate(request, subject, renderer);
  };
}

interface Subject extends Look {
  /** Compression or grain shows beside its edges. */
  readonly noisy: boolean;
  readonly texts: readonly Lettering[];
  readonly others?: Alternatives;
  /** Whether code draws slivers that are none of the picture's. */
  readonly shattered?: (code: string) => boolean;
  /** What the code is to say of itself. */
  readonly note?: string;
}

/** The texts of a drawing as they are to be drawn; undefined where they cannot be read for want of language data. */
async function writtenIn(
  { pixels, segmentation }: Look,
  size: Size,
  tools: TextTools,
): Promise<readonly Lettering[] | undefined> {
  const read = segmentation ? await textsOf(segmentation, tools) : [];
  if (!segmentation || !read || read.length === 0) return read && [];
  const { renderer, signal } = tools;
  const reference = { reference: pixels, segmentation, budget: iconBudget };
  const judge = iconJudge({ renderer, ...reference, ...(signal && { signal }) });
  return accepted(
    read,
    (texts) => svgOf(trace(segmentation, traceSettings, texts), segmentation, size),
    judge,
  );
}

async function generate(
  { image, previous, signal }: GenerateRequest,
  subject: Subject,
  renderer: Renderer,
): Promise<IconReading> {
  const { pixels, segmentation, others, shattered, note } = subject;
  const judge = iconJudge({
    renderer,
    reference: pixels,
    budget: iconBudget,
    ...(segmentation && { segmentation }),
    ...(signal && { signal }),
  });
  const draft = previous && (await judge(previous.code));
  if (!draft) {
    const first = await firstDraft(subject, image, judge, signal);
    if (!first) {
      const why = 'it is of one colour, or too small to show shapes';
      throw new ModelNeeded('generator', `This icon needs a model: ${why}`);
    }
    const remark = shattered?.(first.code) ? SHARDS : note;
    return { code: noted(first.code, remark), exhausted: false, confidence: confidenceOf(first, subject) };
  }
  // The run's own critic may be another than ours: where it names no place, ours does.
  const named = previous.feedback.kind === 'critique' ? previous.feedback.discrepancies : [];
  const flagged = named.some(({ box }) => box) ? named : draft.discrepancies;
  const revision = { draft, flagged, pixels, judge, renderer, ...(signal && { signal }) };
  const revised = others ? await revise({ ...revision, others }) : draft;
  return {
    code: revised.code,
    exhausted: revised === draft,
    confidence: confidenceOf(revised, subject),
  };
}

/** Our own tracer is cheap and writes the better code: the others are only asked where it leaves something wrong. */
async function firstDraft(
  { pixels, segmentation, texts }: Subject,
  size: Size,
  judge: Judge,
  signal?: AbortSignal,
): Promise<Judged | undefined> {
  const own = segmentation && (await best(judge, ownDrafts(segmentation, size, texts)));
  if (own && own.severity === 0 && own.residual < GOOD) return own;
  return best(judge, await otherDrafts(pixels, size, segmentation !== undefined, signal), own);
}

/**
 * Halves with each four severities left, and falls with the residual, faster in noise. A drawing that differs as a whole, or is read
 * as shards, is a partial reading; a picture that is no drawing stays lower still.
 */
function confidenceOf(
  { code, severity, residual, discrepancies }: Judged,
  { segmentation, shattered, noisy }: Subject,
): number {
  const doubt = noisy ? DOUBT.noisy : DOUBT.clean;
  const confidence = 2 ** (-severity / 4) * Math.max(0, 1 - doubt * residual);
  const partial = discrepancies.some(isOfWhole) || shattered?.(code);
  const most = !segmentation ? DOUBTFUL : partial ? PARTIAL : 1;
  return Number(Math.min(most, confidence).toFixed(3));
}

function isOfWhole({ box }: Discrepancy): boolean {
  return box !== undefined && box[2] === 1 && box[3] === 1;
}

/** The code with a remark for whoever opens it. */
function noted(code: string, note: string | undefined): string {
  return note === undefined ? code : code.replace(/(<svg[^>]*>)/, `$1\n  <!-- ${note} -->`);
}
