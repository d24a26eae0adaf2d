import { constants } from 'node:os';
import sharp from 'sharp';
import { z } from 'zod';
import { RenderError } from '../../../core/errors.ts';
import { type RenderFailure, RenderOutcome, type RenderResult } from '../../../core/render.ts';
import { pictureOfPng } from '../../image/picture.ts';
import { hacksOf, ImageEvidence, SourceEvidence } from './hacks.ts';
import type { MatplotlibOptions } from './options.ts';
import type { JobReport } from './worker.ts';

const MAX_HEADER = 64 * 1024;
const MAX_LINE = 500;
/** A third less time than the usual level 6, for a seventh more bytes. */
export const encoding = { compressionLevel: 3 } as const;

/** What a program's process hands back; bounded, since the program can write here what it likes. */
const Handed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-figure') }),
  z.object({
    kind: z.literal('failure'),
    outcome: RenderOutcome,
    message: z.string().max(2 * MAX_LINE),
    line: z.int().min(1).max(10_000_000).nullable(),
    detail: z.string().max(16_000),
  }),
  z.object({
    kind: z.literal('figure'),
    width: z.int().min(1).max(65_535),
    height: z.int().min(1).max(65_535),
    images: z.array(ImageEvidence).max(64),
  }),
]);

/**
 * What became of a program, from how it ended and what it handed back.
 * @throws RenderError when the picture's own pixels cannot be encoded.
 */
export async function resultOf(report: JobReport, options: MatplotlibOptions): Promise<RenderResult> {
  const { end, result } = report;
  const ended = howItEnded(report, options);
  if (ended) return ended;
  const [first, afterFirst] = headerOf(result, 0);
  const [second, afterSecond] = headerOf(result, afterFirst);
  const source = SourceEvidence.safeParse(first);
  const handed = Handed.safeParse(second);
  if (!source.success || !handed.success) {
    return failure('runtime-error', `The code ended Python itself (exit status ${end.exit}) before its end.`);
  }
  const { data } = handed;
  if (data.kind === 'no-figure') {
    return failure('no-figure', 'The code ran, but made no figure: nothing was plotted, saved or shown.');
  }
  if (data.kind === 'failure') {
    const { outcome, line } = data;
    const [message, detail] = [oneLine(data.message), printable(data.detail)];
    return { kind: 'render-failure', outcome, message, ...(line !== null && { line }), detail };
  }
  const { width, height, images } = data;
  const pixels = result.subarray(afterSecond);
  if (width * height > options.outputPixels || pixels.byteLength !== width * height * 4) {
    return failure('runtime-error', 'The code garbled its own result.');
  }
  const { oneColour, opaque } = lookOf(pixels);
  if (oneColour) return failure('blank', `The picture (${width} x ${height}) has only one colour.`);
  const image = sharp(pixels, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  // Most charts are opaque, and blending takes longer than encoding.
  const png = await (opaque ? image.removeAlpha() : image.flatten({ background: '#ffffff' }))
    .png(encoding)
    .toBuffer()
    .catch((cause: unknown) => {
      throw new RenderError(`The picture (${width} x ${height}) could not be encoded.`, { cause });
    });
  return { kind: 'rendered', picture: pictureOfPng(png), hacks: hacksOf(source.data, images) };
}

/** A program that did not come to its own end. */
function howItEnded({ end, trace }: JobReport, options: MatplotlibOptions): RenderFailure | undefined {
  const at = placeIn(trace);
  if (end.endedBy === 'wall') {
    return failure('timeout', `The code ran longer than the ${options.wallSeconds} s allowed.`, at);
  }
  if (end.endedBy === 'output') {
    return failure('output-limit', `The code handed over more than ${options.outputPixels} pixels take.`, at);
  }
  if (end.signal === null) return undefined;
  if (end.cpuSeconds >= options.cpuSeconds) {
    return failure('timeout', `The code used more than the ${options.cpuSeconds} s of CPU time allowed.`, at);
  }
  if (end.signal === constants.signals.SIGKILL) {
    return failure('memory', 'The code was killed, most likely because the machine ran out of memory.', at);
  }
  const [name = `signal ${end.signal}`] =
    Object.entries(constants.signals).find(([, number]) => number === end.signal) ?? [];
  return failure('runtime-error', `The code crashed the interpreter (${name}).`, at);
}

interface Place {
  readonly line?: number;
  readonly detail?: string;
}

/** The deepest frame of the code itself in what faulthandler wrote, most recent call first. */
function placeIn(trace: string): Place {
  const frames = [...trace.matchAll(/^ {2}File "main\.py", line (\d{1,7}) in (.{1,80})$/gm)].slice(0, 6);
  const [deepest] = frames;
  if (!deepest) return {};
  const detail = frames.map(([, line, name]) => `File "main.py", line ${line}, in ${name}`).reverse();
  return { line: Number(deepest[1]), detail: detail.join('\n') };
}

function failure(outcome: RenderOutcome, message: string, place: Place = {}): RenderFailure {
  return { kind: 'render-failure', outcome, message, ...place };
}

/** A line of JSON and where the next one begins. */
function headerOf(bytes: Buffer, from: number): [unknown, number] {
  const end = bytes.subarray(from, from + MAX_HEADER).indexOf(0x0a);
  if (end < 0) return [undefined, from];
  try {
    return [JSON.parse(bytes.toString('utf8', from, from + end)), from + end + 1];
  } catch {
    return [undefined, from + end + 1];
  }
}

/** Without control characters, which could move a terminal's cursor or colour it. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, ' ');
}

function oneLine(text: string): string {
  return (
    printable(text).replaceAll(/\s+/g, ' ').trim().slice(0, MAX_LINE) || 'The code failed without a message.'
  );
}

/** Opaque white as a signed word. */
const WHITE = -1;

/** Whether all pixels look the same on white, where fully transparent ones are white whatever their colour. */
function lookOf(pixels: Buffer): { oneColour: boolean; opaque: boolean } {
  // A view, as pixels seldom begin at a multiple of four, and a copy of them costs more than all the rest. Words are
  // signed, since those need no memory each in V8; the alpha byte is the highest of each.
  const words = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const shown = (word: number) => (word >>> 24 === 0 ? WHITE : word);
  const first = shown(words.getInt32(0, true));
  let [oneColour, opaque] = [true, true];
  for (let at = 0; at < pixels.byteLength; at += 4) {
    const word = words.getInt32(at, true);
    if (word !== first && shown(word) !== first) oneColour = false;
    if (word >>> 24 !== 255) opaque = false;
  }
  return { oneColour, opaque };
}
