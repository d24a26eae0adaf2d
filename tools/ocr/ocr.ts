import { availableParallelism } from 'node:os';
import { ConfigError } from '../../core/errors.ts';
import { readingCache } from './cache.ts';
import { remedy } from './check.ts';
import { findLanguageData, LANGUAGE } from './data.ts';
import type { ReadOptions, TextImage, TextReading } from './reading.ts';
import { type OcrWorker, startWorker } from './worker.ts';

/** Reads text in pictures. */
export interface Ocr {
  /** Language data was found, so that `read` works. */
  available(): Promise<boolean>;
  /**
   * @throws ConfigError when no language data is installed; the signal's reason when aborted;
   * RangeError for a picture of more than 8 million pixels.
   */
  read(image: TextImage, options: ReadOptions): Promise<TextReading>;
  /** Ends the workers. Nothing is read afterwards. */
  close(): Promise<void>;
}

export interface OcrOptions {
  /** Folder of the language data; found by looking where packages put it when left out. */
  readonly folder?: string;
  /** Most workers at once, each a thread of about 100 MB. */
  readonly workers?: number;
}

const MAX_PIXELS = 8_000_000;
/** Readings that are remembered: a reference is read by generator and critic, and again in every round. */
const CACHED = 20_000;

/**
 * Opens tesseract.js on language data of this machine; the network is never asked. Workers start when first
 * needed, are shared by all readings, and keep no program from ending.
 */
export function openOcr({ folder, workers = Math.min(4, availableParallelism()) }: OcrOptions = {}): Ocr {
  const data = once(() => findLanguageData(folder));
  const started: Promise<OcrWorker>[] = [];
  const idle: OcrWorker[] = [];
  const waiting: ((worker: OcrWorker | Promise<OcrWorker>) => void)[] = [];
  const known = readingCache(CACHED);
  let closed = false;

  const start = async (): Promise<OcrWorker> => {
    const found = await data();
    if (found === undefined) throw missing(folder);
    return startWorker(found);
  };
  const take = (): Promise<OcrWorker> => {
    if (closed) throw new ConfigError('This text reader is closed. Open another with openOcr().');
    const free = idle.pop();
    if (free) return Promise.resolve(free);
    if (started.length < workers) {
      const worker = start();
      started.push(worker);
      worker.catch(() => started.splice(started.indexOf(worker), 1));
      return worker;
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const give = (worker: OcrWorker): void => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  return {
    available: async () => (await data()) !== undefined,
    async read(image, { signal, ...options }) {
      signal?.throwIfAborted();
      if (image.width * image.height > MAX_PIXELS) {
        throw new RangeError(
          `A text picture of ${image.width} x ${image.height} pixels is too large to read.`,
        );
      }
      return known(image, options, async () => {
        const worker = await take();
        try {
          signal?.throwIfAborted();
          return await worker.read(image, options);
        } finally {
          give(worker);
        }
      });
    },
    async close() {
      closed = true;
      await Promise.allSettled(started.map(async (worker) => (await worker).close()));
    },
  };
}

function missing(folder: string | undefined): ConfigError {
  const where = folder === undefined ? 'on this machine' : `in ${folder}`;
  return new ConfigError(
    `Reading text needs ${LANGUAGE}.traineddata of Tesseract, which is not ${where}. Install it: ${remedy}`,
  );
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
