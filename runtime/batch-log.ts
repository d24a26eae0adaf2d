import { createReadStream } from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { RunRecord } from '../core/record.ts';

/** One line of runs.jsonl: what became of one picture. The last line of a picture counts. */
export const RunLine = z.object({
  run: z.string().describe("the picture's name in this batch, and its folder's"),
  image: z.string().describe('the picture file, as seen from the folder of runs.jsonl'),
  task: z.string(),
  record: RunRecord.nullable().describe('null when the run could not begin'),
  error: z.object({ name: z.string(), message: z.string() }).nullable(),
});
export type RunLine = z.infer<typeof RunLine>;

export interface RunLog {
  /** Writes one whole line; lines of runs that end at the same time do not mix. */
  append(line: RunLine): Promise<void>;
}

/**
 * Opens runs.jsonl and hands on every line that is there, one at a time. A last line that a kill tore is cut
 * off, and a line that cannot be read is left out: its run is made again.
 */
export async function openRunLog(path: string, past: (line: RunLine) => void): Promise<RunLog> {
  await cutTornLine(path);
  await readRunLog(path, past);
  let last: Promise<void> = Promise.resolve();
  return {
    append(line) {
      const text = `${JSON.stringify(line)}\n`;
      const write = last.then(() => appendFile(path, text));
      last = write.catch(() => undefined);
      return write;
    },
  };
}

/** Hands on the lines of runs.jsonl that can be read; none where there is no file. */
export async function readRunLog(path: string, past: (line: RunLine) => void): Promise<void> {
  const file = await open(path).catch(() => undefined);
  if (!file) return;
  await file.close();
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const line = parsed(text);
    if (line) past(line);
  }
}

function parsed(text: string): RunLine | undefined {
  try {
    return RunLine.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const PIECE = 64 * 1024;
const NEWLINE = 10;

/** Shortens the file to its last whole line. */
export async function cutTornLine(path: string): Promise<void> {
  const file = await open(path, 'r+').catch(() => undefined);
  if (!file) return;
  try {
    const piece = Buffer.alloc(PIECE);
    const { size } = await file.stat();
    let end = size;
    while (end > 0) {
      const start = Math.max(0, end - PIECE);
      const { bytesRead } = await file.read(piece, 0, end - start, start);
      const newline = piece.subarray(0, bytesRead).lastIndexOf(NEWLINE);
      if (newline >= 0) {
        if (start + newline + 1 < size) await file.truncate(start + newline + 1);
        return;
      }
      end = start;
    }
    if (size > 0) await file.truncate(0);
  } finally {
    await file.close();
  }
}
