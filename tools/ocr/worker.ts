import { Worker as Thread } from 'node:worker_threads';
import tesseract from 'tesseract.js';
import * as z from 'zod';
import { ConfigError, VerisimError } from '../../core/errors.ts';
import { ending } from '../ending.ts';
import { LANGUAGE } from './data.ts';
import type { ReadOptions, TextImage, TextReading } from './reading.ts';

/** One thread that reads one picture at a time. */
export interface OcrWorker {
  read(image: TextImage, options: Omit<ReadOptions, 'signal'>): Promise<TextReading>;
  close(): Promise<void>;
}

const modes = { block: '6', line: '7', word: '8', character: '10' } as const;

/**
 * Starts a thread of tesseract.js on the language data of a folder.
 * @throws ConfigError when the data are damaged.
 */
export async function startWorker(folder: string): Promise<OcrWorker> {
  const worker = await new Promise<tesseract.Worker>((resolve, reject) => {
    // Without an errorHandler tesseract.js throws out of an event listener, and its promise stays open.
    const errorHandler = (cause: unknown) => reject(damaged(folder, cause));
    tesseract
      .createWorker(LANGUAGE, 1, { langPath: folder, gzip: false, cacheMethod: 'none', errorHandler })
      .then(resolve, errorHandler);
  });
  // tesseract.js gives no other way to its thread, which would keep the program from ending.
  const { worker: thread } = z.object({ worker: z.instanceof(Thread) }).parse(worker);
  const end = ending();
  let cause: unknown;
  thread.once('error', (error) => {
    cause = error;
    end.happen();
  });
  thread.once('exit', end.happen);
  /** The work's result; tesseract.js leaves it open for ever when its thread dies. */
  const unlessDead = <T>(work: Promise<T>): Promise<T> => {
    const died = Promise.withResolvers<never>();
    const forget = end.on(() => died.reject(dead(cause)));
    return Promise.race([work, died.promise]).finally(forget);
  };
  const base = { user_defined_dpi: '300', debug_file: '/dev/null' };
  await unlessDead(worker.setParameters(base));
  thread.unref();
  let current = '';
  const configure = async ({ layout, characters = '' }: Omit<ReadOptions, 'signal'>) => {
    const wanted = `${layout} ${characters}`;
    if (wanted === current) return;
    const psm = z.enum(tesseract.PSM).parse(modes[layout]);
    await worker.setParameters({ tessedit_pageseg_mode: psm, tessedit_char_whitelist: characters });
    current = wanted;
  };
  return {
    async read(image, options) {
      thread.ref();
      try {
        return await unlessDead(
          configure(options)
            .then(() => worker.recognize(pgm(image), {}, { text: true, blocks: true }))
            .then(({ data }) => readingOf(data)),
        );
      } finally {
        thread.unref();
      }
    },
    async close() {
      await worker.terminate();
    },
  };
}

function readingOf({ text, confidence, blocks }: tesseract.Page): TextReading {
  const words = (blocks ?? []).flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ lines }) => lines.flatMap((line) => line.words)),
  );
  const symbols = words.flatMap((word) =>
    word.symbols.map(({ text: character, bbox: { x0, y0, x1, y1 } }) => ({
      text: character,
      left: x0,
      top: y0,
      right: x1,
      bottom: y1,
    })),
  );
  return { text: text.trim(), confidence: confidence / 100, symbols };
}

/** A portable grey map: Leptonica reads it as it stands, so nothing is compressed only to be unpacked. */
function pgm({ width, height, data }: TextImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}

function damaged(folder: string, cause: unknown): ConfigError {
  return new ConfigError(
    `Tesseract cannot use ${LANGUAGE}.traineddata in ${folder}: ${String(cause)}. Install it anew, or name another folder.`,
    { cause },
  );
}

function dead(cause?: unknown): VerisimError {
  return new VerisimError(
    'A thread that reads text ended unexpectedly. Run again, with fewer workers if memory is short.',
    { cause },
  );
}
