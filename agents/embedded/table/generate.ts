import type { Box } from '../../../core/discrepancy.ts';
import { ModelNeeded, RenderError } from '../../../core/errors.ts';
import type { GenerateRequest } from '../../../core/generator.ts';
import type { Renderer } from '../../../core/render.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import { recent } from '../../../tools/recent.ts';
import { confidenceOf, doubtfulIn } from './confidence.ts';
import type { TableDraft } from './draft.ts';
import { htmlOf } from './html.ts';
import { type Judge, type Judged, tableJudge } from './judge.ts';
import { markdownOf } from './markdown.ts';
import { proofread } from './proofread.ts';
import { AT_ODDS, readTable, type TableReading, type UnreadableTable } from './read.ts';
import { revise } from './revise.ts';

export interface TableCode {
  readonly code: string;
  /** Nothing better was found than the draft given. */
  readonly exhausted: boolean;
  /** 0 to 1, from evidence; below 0.5 the table was read in part. */
  readonly confidence: number;
}

/** Reads tables and revises drafts of them. */
export type TableGenerator = (request: GenerateRequest, html: Renderer) => Promise<TableCode>;

/**
 * Reads tables with one text reader. What was read lately is kept, so that a revision goes on from the draft
 * that it is given; a draft that is not known any more, or was written by another, is read anew.
 * @throws ModelNeeded for a picture that it cannot read as a table, with the reason.
 */
export function tableGenerator(ocr: Ocr): TableGenerator {
  const readings = recent<Promise<TableReading | UnreadableTable>>();
  const drafts = recent<Judged>();
  return async ({ image, language, previous, signal }, renderer) => {
    const reading = await readings.of(image.digest, () =>
      readTable(image, { ocr, renderer, ...(signal && { signal }) }),
    );
    if (reading.kind === 'unreadable') {
      if (previous) return { code: previous.code, exhausted: true, confidence: 0 };
      throw new ModelNeeded('generator', `This table needs a model: ${reading.reason}`);
    }
    const judge = tableJudge(reading, renderer, signal);
    const give = (judged: Judged, before?: string): TableCode => {
      const code = codeOf(judged.draft, language.name);
      drafts.set(`${image.digest} ${code}`, judged);
      return { code, exhausted: code === before, confidence: confidenceOf(reading, judged) };
    };
    const known = previous && drafts.get(`${image.digest} ${previous.code}`);
    const start = known ?? (await firstDraft(reading, judge, renderer, signal));
    if (!start)
      throw new RenderError(`The renderer "${renderer.name}" did not draw the table that was read.`);
    if (!previous) return give(start);
    const boxes =
      previous.feedback.kind === 'critique'
        ? previous.feedback.discrepancies.flatMap(({ box }) => (box ? [box] : []))
        : [];
    const flagged = flaggedBy(boxes, reading);
    const doubtful = doubtfulIn(reading, start).filter((index) => !flagged.includes(index));
    const revised = await revise(reading, start.draft, [...flagged, ...doubtful], renderer, signal);
    const better = revised === start.draft ? undefined : await judge(revised);
    return give(better && isBetter(better, start) ? better : start, previous.code);
  };
}

function draftOf({ structure, looks, texts, font }: TableReading): TableDraft {
  const { rows, columns, headRows, cells } = structure;
  const plain = { align: 'left', bold: false } as const;
  return {
    rows,
    columns,
    headRows,
    ...(font && { font }),
    cells: cells.map((cell, index) => ({
      ...cell,
      text: texts[index]?.text ?? '',
      look: looks[index] ?? plain,
    })),
  };
}

/** Cells that read otherwise look more like the picture, all in all. */
function isBetter(revised: Judged, start: Judged): boolean {
  const unlike = ({ cells }: Judged) => cells.reduce((sum, one) => sum + one, 0);
  return (revised.sameGrid || !start.sameGrid) && unlike(revised) < unlike(start);
}

/** The first draft, its words read anew where they do not cover the picture as they should. */
async function firstDraft(
  reading: TableReading,
  judge: Judge,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Judged | undefined> {
  const judged = await judge(await settled(reading, renderer, signal));
  const better = judged && (await proofread(reading, judged, renderer, signal));
  return better && better !== judged.draft ? judge(better) : judged;
}

/** Numbers that two readings have otherwise are settled by their looks. */
function settled(reading: TableReading, renderer: Renderer, signal?: AbortSignal): Promise<TableDraft> {
  const { texts, structure } = reading;
  const odd = texts.flatMap(({ confidence }, index) =>
    structure.cells[index]?.pieces.length && confidence <= AT_ODDS ? [index] : [],
  );
  return revise(reading, draftOf(reading), odd, renderer, signal);
}

/** HTML within Markdown is Markdown too: joined cells can be said in no other way. */
function codeOf(draft: TableDraft, language: string): string {
  return (language === 'markdown' ? markdownOf(draft) : undefined) ?? htmlOf(draft);
}

/** Cells of whose area a named box covers the middle. */
function flaggedBy(boxes: readonly Box[], { structure }: TableReading): number[] {
  const { cells, pixels } = structure;
  return cells.flatMap(({ area, pieces }, index) => {
    const x = (area.left + area.right) / 2 / pixels.width;
    const y = (area.top + area.bottom) / 2 / pixels.height;
    const named = boxes.some(
      ([left, top, width, height]) => x >= left && x <= left + width && y >= top && y <= top + height,
    );
    return named && pieces.length > 0 ? [index] : [];
  });
}
