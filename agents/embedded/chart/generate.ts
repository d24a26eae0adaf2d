import type { Box } from '../../../core/discrepancy.ts';
import { ModelNeeded, RenderError } from '../../../core/errors.ts';
import type { GenerateRequest } from '../../../core/generator.ts';
import type { Renderer } from '../../../core/render.ts';
import type { Area, Chart, ChartReading } from '../../../tools/chart/model.ts';
import { readChart } from '../../../tools/chart/read.ts';
import { pixelsOf, type Size } from '../../../tools/image/pixels.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import { recent } from '../../../tools/recent.ts';
import { alternativesOf, fontDrafts, touches } from './alternatives.ts';
import { confidenceOf, LAID_OVER, MISREAD, textsOf, unexplainedIn } from './confidence.ts';
import { best, chartJudge, type Judge, type Judged } from './judge.ts';
import { capitalised, respelt } from './spelling.ts';
import { firstChoices } from './write.ts';

export interface ChartDraft {
  readonly code: string;
  /** Nothing better was found than the draft given. */
  readonly exhausted: boolean;
  /** 0 to 1, from evidence; below 0.5 the chart was read in part. */
  readonly confidence: number;
  /** What the code draws. */
  readonly chart?: Chart;
}

/** Properties that one round works on; each costs some renders. */
const PROPERTIES = 6;

/** Reads charts and revises drafts of them. */
export type ChartGenerator = (request: GenerateRequest, renderer: Renderer) => Promise<ChartDraft>;

/**
 * Reads charts with one text reader. What was read lately is kept, so that a revision goes on from the draft
 * that it is given; a draft that is not known any more, or was written by another, is read anew.
 * @throws ModelNeeded for a chart that it cannot read, with the reason.
 */
export function chartGenerator(ocr: Ocr): ChartGenerator {
  const readings = recent<Promise<ChartReading>>();
  const drafts = recent<Judged>();
  return async ({ image, previous, signal }, renderer) => {
    const reading = await readings.of(image.digest, () => readChart(image, ocr, signal));
    if (reading.kind === 'unreadable') {
      if (previous) return { code: previous.code, exhausted: true, confidence: 0 };
      throw new ModelNeeded('generator', `This chart needs a model: ${reading.reason}`);
    }
    const { chart } = reading;
    const judge = chartJudge(await pixelsOf(image, chart), renderer, signal);
    const give = (draft: Judged, exhausted: boolean): ChartDraft => {
      drafts.set(`${image.digest} ${draft.code}`, draft);
      return { code: draft.code, exhausted, confidence: confidenceOf(draft), chart: draft.chart };
    };
    const known = previous && drafts.get(`${image.digest} ${previous.code}`);
    const start = known ?? (await firstDraft(judge, { chart, choices: firstChoices(chart) }));
    if (!start)
      throw new RenderError(`The renderer "${renderer.name}" did not draw the chart that was read.`);
    if (!previous) return give(start, false);
    const boxes =
      previous.feedback.kind === 'critique'
        ? previous.feedback.discrepancies.flatMap(({ box }) => (box ? [box] : []))
        : [];
    const revised = await revise(
      judge,
      start,
      boxes.map((box) => areaOf(box, chart)),
    );
    return give(revised, revised.code === previous.code);
  };
}

function areaOf([left, top, width, height]: Box, size: Size): Area {
  return {
    left: left * size.width,
    top: top * size.height,
    right: (left + width) * size.width,
    bottom: (top + height) * size.height,
  };
}

async function firstDraft(judge: Judge, draft: Parameters<Judge>[0]): Promise<Judged | undefined> {
  const first = await judge(draft);
  // A font that draws every text as it is need not be compared with others.
  const fits =
    first &&
    textsOf(first.chart).every(({ area }) => unexplainedIn(area, first.chart.width, first.excess) <= MISREAD);
  if (!first || fits) return first && unsureSpelt(judge, first);
  const fitting = await inBestFont(judge, first);
  const heavy = { ...fitting, choices: { ...fitting.choices, boldTitle: true } };
  const better = await best(judge, [heavy], fitting);
  return better && unsureSpelt(judge, better);
}

/** The draft in the font whose letters are most alike; the pixels as a whole tell fonts apart only where the layout fits. */
async function inBestFont(judge: Judge, first: Judged): Promise<Judged> {
  let chosen = first;
  for (const draft of fontDrafts(first)) {
    const judged = await judge(draft);
    if (judged && judged.letters < chosen.letters - LETTERS) chosen = judged;
  }
  return chosen;
}

/** Letters are more alike in another font when they differ by this share less. */
const LETTERS = 0.02;

/** Texts that the reader is less sure of than this are spelt anew in the first draft already. */
const UNSURE = 0.88;

/** The cheap part of it, for a first draft. */
async function unsureSpelt(judge: Judge, draft: Judged): Promise<Judged> {
  const current = await inCapitals(judge, draft);
  return textsOf(current.chart).some(({ confidence }) => confidence < UNSURE)
    ? spelt(judge, current)
    : current;
}

/** Texts begin with a capital where that looks more alike. */
async function inCapitals(judge: Judge, draft: Judged): Promise<Judged> {
  let current = draft;
  for (const piece of textsOf(draft.chart)) {
    const other = capitalised(current, piece);
    const judged = other && (await judge(other));
    const apart = ({ excess }: Judged) => unexplainedIn(piece.area, draft.chart.width, excess);
    if (judged && (judged.letters < current.letters || apart(judged) < apart(current))) current = judged;
  }
  return current;
}

/**
 * Texts whose letters do not come out as they are in the reference, and those that the reader is unsure of, are
 * spelt anew, as far as that helps.
 */
async function spelt(judge: Judge, draft: Judged): Promise<Judged> {
  let current = draft;
  // Letters that lie beside their places may look nearer when they are others.
  if (draft.residual > LAID_OVER) return current;
  for (const piece of textsOf(draft.chart)) {
    const unexplained = unexplainedIn(piece.area, draft.chart.width, draft.excess) > MISREAD;
    if (!unexplained && piece.confidence >= UNSURE) continue;
    const { letters } = current;
    const nearer = (judged: Judged) => judged.letters <= letters;
    current = (await best(judge, respelt(current, piece), current, nearer)) ?? current;
  }
  return current;
}

/** Tries other values for the properties that show at flagged places; each that lowers the residual stays. */
async function revise(judge: Judge, draft: Judged, flagged: readonly Area[]): Promise<Judged> {
  let current = draft;
  let tried = 0;
  current = await spelt(judge, current);
  for (const { area, drafts } of alternativesOf(draft)) {
    if (flagged.length > 0 && !flagged.some((box) => touches(area, box))) continue;
    const before = current;
    current = (await best(judge, drafts(current), current)) ?? current;
    if (current !== before && ++tried >= PROPERTIES) break;
  }
  // Where the layout was mended, letters show that were hidden by it.
  return inCapitals(judge, current);
}
