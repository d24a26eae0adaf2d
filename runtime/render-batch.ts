import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError, VerisimError } from '../core/errors.ts';
import type { Hack, RenderFailure } from '../core/render.ts';
import { missingFonts } from '../tools/render/missing-fonts.ts';
import type { CodeFile } from './code-files.ts';
import { inOrder } from './in-order.ts';
import type { Verisim } from './verisim.ts';

/** What became of one file; `file` as it was named, `out` the picture that was written. */
export type FileResult = { readonly file: string; readonly ms: number } & (
  | {
      readonly kind: 'rendered';
      readonly out: string;
      /** SHA-256 of the picture. */
      readonly picture: string;
      readonly width: number;
      readonly height: number;
      readonly hacks: readonly Hack[];
      /** What of the code this machine cannot draw as it is meant. */
      readonly notes: readonly string[];
    }
  | RenderFailure
  /** The file could not be read, the picture not be written, or no renderer be had. */
  | { readonly kind: 'error'; readonly name: string; readonly message: string }
  /** The signal was aborted before it was done. */
  | { readonly kind: 'interrupted' }
);

export interface RenderBatchOptions {
  /** Folder for the pictures; made when there is none. */
  readonly out: string;
  /** Files at work at once: above the number of workers, so that these need not wait for the disk. */
  readonly concurrency: number;
  /** Pixels, for SVG. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly signal?: AbortSignal;
  /** Called as soon as a file is done, in whatever order. */
  readonly onDone?: (result: FileResult) => void;
}

/** Larger files are no code that a model wrote; the renderers' own limits are below. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Files that may be done before an earlier one is: a slow one does not hold up the others. */
const AHEAD = 1000;

/**
 * Renders files of code into a folder and gives what became of each, in their order. A file that fails does
 * not stop the rest; after an abort what is done is still given, and the rest as interrupted.
 */
export async function* renderBatch(
  verisim: Verisim,
  files: readonly CodeFile[],
  { out, concurrency, size, signal, onDone }: RenderBatchOptions,
): AsyncGenerator<FileResult> {
  yield* inOrder(files, { concurrency, ahead: AHEAD }, async (file) => {
    const result = await renderFile(verisim, file, {
      out: join(out, file.picture),
      ...(size && { size }),
      ...(signal && { signal }),
    });
    onDone?.(result);
    return result;
  });
}

/** Renders one file of code into the picture `out`, which is there whole or not at all. */
export async function renderFile(
  verisim: Verisim,
  { path, task, language }: CodeFile,
  { out, size, signal }: Pick<RenderBatchOptions, 'size' | 'signal'> & { readonly out: string },
): Promise<FileResult> {
  const started = performance.now();
  const ending = () => ({ file: path, ms: Math.round(performance.now() - started) });
  try {
    signal?.throwIfAborted();
    const code = await readCode(path, signal);
    const options = { task, language, ...(size && { size }), ...(signal && { signal }) };
    const result = await verisim.render(code, options);
    if (result.kind === 'render-failure') return { ...ending(), ...result };
    const { digest, png, width, height } = result.picture;
    await writePicture(out, png);
    const { hacks } = result;
    const notes = missingFonts(code, language);
    return { ...ending(), kind: 'rendered', out, picture: digest, width, height, hacks, notes };
  } catch (error) {
    if (signal?.aborted) return { ...ending(), kind: 'interrupted' };
    if (!(error instanceof VerisimError)) throw error;
    return { ...ending(), kind: 'error', name: error.name, message: error.message };
  }
}

async function readCode(path: string, signal: AbortSignal | undefined): Promise<string> {
  const parts: Buffer[] = [];
  // Opening a pipe that nobody writes to would wait for ever.
  const ordinary = await stat(path).then(
    (found) => found.isFile(),
    () => true,
  );
  if (!ordinary) throw new ConfigError(`${path} is no ordinary file. Give the path of a file with code.`);
  try {
    for await (const part of createReadStream(path, { end: MAX_BYTES, signal })) parts.push(part);
  } catch (cause) {
    throw new ConfigError(`${path} cannot be read. Give the path of a file with code.`, { cause });
  }
  const bytes = Buffer.concat(parts);
  if (bytes.byteLength > MAX_BYTES) {
    throw new ConfigError(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MiB. Give a file with code.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfigError(`${path} is not UTF-8 text. Give a file with code.`, { cause });
  }
}

async function writePicture(path: string, png: Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(part, png);
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    throw new ConfigError(`${path} cannot be written. Name a place where files may be made.`, { cause });
  }
}
