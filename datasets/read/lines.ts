import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { DatasetError } from '../../core/errors.ts';

/** A piece of a dataset's file and the line at which it begins, 1 the first. */
export interface Located {
  readonly text: string;
  readonly line: number;
  /** The file ended in the middle of it: no line end, or no end of the value. */
  readonly last: boolean;
}

const MAX_PIECE = 64 * 1024 * 1024;

/**
 * The lines of a text file that are not blank, one after the other, without reading the whole file.
 * @throws DatasetError when there is no such file, or a line is longer than 64 MiB; the signal's reason when aborted.
 */
export async function* linesOf(file: string, signal?: AbortSignal): AsyncGenerator<Located> {
  let rest = '';
  let line = 1;
  for await (const chunk of textOf(file, signal)) {
    const [first = '', ...others] = chunk.split('\n');
    rest += first;
    for (const next of others) {
      if (rest.trim() !== '') yield { text: rest, line, last: false };
      line++;
      rest = next;
    }
    boundPiece(rest, file, line);
  }
  if (rest.trim() !== '') yield { text: rest, line, last: true };
}

/** A file's text as it comes, without a byte order mark. */
export async function* textOf(file: string, signal?: AbortSignal): AsyncGenerator<string> {
  signal?.throwIfAborted();
  const info = await stat(file).catch((cause: unknown) => {
    throw new DatasetError(`There is no file ${file}. Give the path of the dataset's file.`, { cause });
  });
  if (!info.isFile()) throw new DatasetError(`${file} is no file. Give the path of the dataset's file.`);
  const decoder = new StringDecoder('utf8');
  let first = true;
  try {
    for await (const chunk of createReadStream(file, { ...(signal && { signal }) })) {
      const text = decoder.write(chunk);
      yield first ? text.replace(/^\uFEFF/, '') : text;
      first = false;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError(`${file} cannot be read. Check its permissions.`, { cause });
  }
  yield decoder.end();
}

export function boundPiece(text: string, file: string, line: number): void {
  if (text.length <= MAX_PIECE) return;
  throw new DatasetError(`${file}:${line}: one entry is longer than 64 MiB. Is this the right file?`);
}
